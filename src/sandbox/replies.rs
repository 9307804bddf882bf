//! What the sandbox's models say: short, believable, in the language of the question.

use serde_json::json;

use super::ask::{Ask, Format, Tool, ToolChoice};
use super::example::example_of;
use super::ids::letters;
use super::samples::{self, Sample};
use crate::domain::code_block;
use crate::text::{Lang, Phrase};

/// What a model says.
#[derive(Clone, Debug, Default)]
pub(super) struct Reply {
    /// What it thinks first.
    pub(super) reasoning: String,
    /// What it says.
    pub(super) text: String,
    /// The tool it calls instead.
    pub(super) call: Option<Call>,
}

/// A call of a tool.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// `call_…`.
    pub(super) id: String,
    /// The function's name.
    pub(super) name: String,
    /// Its arguments, as JSON in a text.
    pub(super) arguments: String,
}

impl Call {
    /// A call of that function with those arguments.
    pub(super) fn new(name: &str, arguments: String) -> Self {
        Self {
            id: format!("call_{}", letters(24)),
            name: name.to_owned(),
            arguments,
        }
    }
}

const SIMULATED: Phrase = Phrase::new(
    "Simulated by the sandbox: no model was asked, and no money was spent.",
    "这是沙盒的模拟回答：没有调用任何模型，也没有花钱。",
);
const ANSWER: Phrase = Phrase::new(
    "**In short:** this is where a model would answer \u{201c}{}\u{201d}.\n\n\
     1. Your key was accepted and your request was read.\n\
     2. The answer streams to you piece by piece, as a real one does.\n\
     3. It is priced from the model's list price, and counted against your simulated credits.\n\n\
     Ask for *code* to see a block that can be saved, or take another model to see it reason.",
    "**简单来说：**模型会在这里回答“{}”。\n\n\
     1. 您的密钥已通过验证，请求已被读取。\n\
     2. 回答会像真实服务一样逐段传来。\n\
     3. 费用按模型的标价计算，并从模拟额度中扣除。\n\n\
     试着让它写*代码*，就会得到可以保存的代码块；换一个推理模型，可以看到推理过程。",
);
const CODE: Phrase = Phrase::new(
    "Here is a small version. Save it as `{}`:\n\n```{}\n{}```\n\n\
     It handles the usual case and fails with a clear error otherwise.",
    "下面是一个简短的实现，保存为 `{}`：\n\n```{}\n{}```\n\n它能处理常见情况，其他情况会给出明确的错误。",
);
const TOOL_RESULT: Phrase = Phrase::new("The tool answered: {}", "工具返回的结果是：{}");
const THOUGHT: Phrase = Phrase::new(
    "The person asks: {}. What is really wanted? A short and correct answer. ",
    "用户的问题是：{}。真正需要的是什么？一个简短而正确的回答。",
);
const MORE_THOUGHT: Phrase = Phrase::new(
    "Let me check it once more from the other side, and leave out what does not help. ",
    "再从另一个角度检查一遍，去掉没有帮助的内容。",
);

/// What a model says to a request. `thinks` is how much it reasons first, in percent; 0 is not at
/// all.
pub(super) fn reply(ask: &Ask, thinks: u64) -> Reply {
    let question = ask.question();
    let lang = language_of(question);
    let topic = shortened(question);
    let mut reply = Reply::default();
    if thinks > 0 {
        reply.reasoning = THOUGHT.fill(lang, &[&topic]);
        for _ in 0..thinks / 40 {
            reply.reasoning.push_str(MORE_THOUGHT.say(lang));
        }
    }
    if let Some(tool) = tool_to_call(ask) {
        let arguments = example_of(&tool.parameters);
        let arguments = if arguments.is_object() {
            arguments
        } else {
            json!({})
        };
        reply.call = Some(Call::new(&tool.name, arguments.to_string()));
        return reply;
    }
    reply.text = match &ask.format {
        Format::Schema(schema) => example_of(schema).to_string(),
        Format::Json => json!({ "answer": topic, "simulated": true }).to_string(),
        Format::Text if ask.has_tool_result() => {
            let result = ask.messages.last().map_or("", |last| &last.parts.text);
            TOOL_RESULT.fill(lang, &[&result])
        }
        Format::Text => say(ask, &topic, lang),
    };
    reply
}

/// Whether a question wants code: by its words, files that were sent along apart, or by the rules that
/// `onramp ask --code` gives.
pub(super) fn asks_for_code(ask: &Ask) -> bool {
    const PARTS: [&str; 27] = [
        "code",
        "function",
        "script",
        "program",
        "implement",
        "snippet",
        "refactor",
        "class ",
        "rust",
        "python",
        "javascript",
        "typescript",
        "golang",
        "sql query",
        "regex",
        "代码",
        "函数",
        "脚本",
        "程序",
        "实现",
        "测试",
        "重构",
        "修复",
        "修正",
        "改写",
        "重写",
        "用例",
    ];
    // These stand in other words: latest, prefix.
    const WORDS: [&str; 9] = [
        "test", "tests", "fix", "fixes", "patch", "rewrite", "module", "method", "unittest",
    ];
    let said = own_words(ask.question()).to_lowercase();
    let mut words = said.split(|c: char| !c.is_ascii_alphanumeric());
    PARTS.iter().any(|part| said.contains(part))
        || words.any(|word| WORDS.contains(&word))
        || ask
            .messages
            .iter()
            .any(|message| message.role == "system" && message.parts.text.contains("code alone"))
}

/// A question without the files and the pieces of code in it.
fn own_words(question: &str) -> String {
    let is_fence = |line: &str| {
        let line = line.trim_start();
        line.starts_with("```") || line.starts_with("~~~")
    };
    let mut is_inside = false;
    let lines = question.lines().filter(|line| {
        let is_mark = is_fence(line);
        is_inside ^= is_mark;
        !is_mark && !is_inside
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The code that is asked for: in the language that the words name, else in that of the first file sent along.
fn sample_for(question: &str) -> Sample {
    let named = samples::named(&own_words(question));
    let sent_along = || {
        let blocks = code_block::find(question);
        let mut langs = blocks.iter().filter_map(|block| block.lang.as_deref());
        langs.find_map(samples::in_language)
    };
    named.or_else(sent_along).unwrap_or_else(samples::usual)
}

/// Chinese where the question has a Chinese character, English otherwise.
pub(super) fn language_of(text: &str) -> Lang {
    if text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        Lang::Zh
    } else {
        Lang::En
    }
}

fn say(ask: &Ask, topic: &str, lang: Lang) -> String {
    let question = ask.question();
    if let Some(exactly) = exact(question) {
        return exactly;
    }
    let simulated = SIMULATED.say(lang);
    if question.to_lowercase().contains("markdown") {
        return format!("{}\n> {simulated}", samples::showcase(lang));
    }
    if asks_for_code(ask) {
        let Sample { file, fence, code } = sample_for(question);
        return format!(
            "{}\n\n*{simulated}*",
            CODE.fill(lang, &[&file, &fence, &code])
        );
    }
    format!("{}\n\n> {simulated}", ANSWER.fill(lang, &[&topic]))
}

/// What "reply with …" demands, where it is a few words.
fn exact(question: &str) -> Option<String> {
    const MARKS: [&str; 9] = [
        "reply with",
        "respond with",
        "answer with",
        "reply:",
        "say ",
        "只回复",
        "请回复",
        "回复",
        "只回答",
    ];
    // Lowercase letters of ASCII keep their places.
    let lower = question.to_ascii_lowercase();
    let (at, mark) = MARKS
        .iter()
        .find_map(|mark| lower.find(mark).map(|at| (at, *mark)))?;
    if mark == "say " && at != 0 {
        return None;
    }
    let rest = question.get(at + mark.len()..)?.trim_start();
    let words = without_fillers(rest);
    if let Some(quoted) = quoted(words) {
        return Some(quoted.to_owned());
    }
    let end = words.find(['.', '!', '?', '\n', ',', ';', '。', '，', '！', '？']);
    let words = words.split_at(end.unwrap_or(words.len())).0.trim();
    let is_short =
        !words.is_empty() && words.chars().count() <= 40 && words.split(' ').count() <= 5;
    let is_a_thing = ["a ", "an ", "your ", "one of"]
        .iter()
        .any(|start| words.to_ascii_lowercase().starts_with(start));
    (is_short && !is_a_thing).then(|| words.to_owned())
}

/// The text without words such as "only the word" before what is meant.
fn without_fillers(text: &str) -> &str {
    const FILLERS: [&str; 14] = [
        "the ",
        "single ",
        "word ",
        "words ",
        "word:",
        "words:",
        "only ",
        "exactly ",
        "just ",
        "one ",
        "text ",
        "一个字",
        ":",
        "：",
    ];
    let mut rest = text.trim_start();
    'peeling: loop {
        let lower = rest.to_ascii_lowercase();
        for filler in FILLERS {
            // What begins with a filler and ends with it is what is meant.
            if lower.starts_with(filler) && rest.len() > filler.len() {
                let (_, after) = rest.split_at(filler.len());
                rest = after.trim_start();
                continue 'peeling;
            }
        }
        return rest;
    }
}

/// What stands in quotes at the beginning.
fn quoted(text: &str) -> Option<&str> {
    const QUOTES: [(char, char); 6] = [
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('\u{201c}', '\u{201d}'),
        ('\u{2018}', '\u{2019}'),
        ('「', '」'),
    ];
    let first = text.chars().next()?;
    let (_, closing) = QUOTES.iter().find(|(opening, _)| *opening == first)?;
    let inner = text.strip_prefix(first)?;
    inner.split_once(*closing).map(|(inside, _)| inside)
}

/// The tool that is called: the one that must be, or one whose name the question speaks of.
fn tool_to_call(ask: &Ask) -> Option<&Tool> {
    match &ask.tool_choice {
        ToolChoice::None => None,
        _ if ask.has_tool_result() => None,
        ToolChoice::Required => ask.tools.first(),
        ToolChoice::Named(name) => ask.tools.iter().find(|tool| tool.name == *name),
        ToolChoice::Auto => {
            let question = ask.question().to_lowercase();
            let speaks_of = |tool: &&Tool| {
                let mut parts = tool.name.split(['_', '-']);
                parts.any(|part| part.len() > 3 && question.contains(&part.to_lowercase()))
            };
            ask.tools.iter().find(speaks_of)
        }
    }
}

/// The beginning of a question, on one line.
fn shortened(question: &str) -> String {
    const MOST: usize = 60;
    let line: Vec<&str> = question.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let mut short: String = line.chars().take(MOST).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn said(question: &str) -> String {
        let body = json!({"messages": [{"role": "user", "content": question}]});
        reply(&Ask::read(&body).unwrap(), 0).text
    }

    #[test]
    fn what_is_to_be_said_exactly_is_said_exactly() {
        for (question, answer) in [
            ("Reply with ok.", "ok"),
            ("Reply with the single word: ok", "ok"),
            (
                "Please respond with exactly \"PONG 1\" and nothing else",
                "PONG 1",
            ),
            ("Say hello", "hello"),
            ("请回复：好的。", "好的"),
            ("只回复“收到”", "收到"),
        ] {
            assert_eq!(said(question), answer, "{question}");
        }
        assert!(said("Reply with a short poem").contains("In short"));
    }

    #[test]
    fn the_answer_speaks_the_language_of_the_question() {
        assert!(said("什么是借用检查？").contains("简单来说"));
        assert!(said("What is a borrow checker?").contains("In short"));
    }

    #[test]
    fn code_comes_in_a_fence_of_the_language_asked_for() {
        assert!(said("Write a Rust function that retries").contains("```rust\n"));
        assert!(said("用 Python 写一个脚本").contains("```python\n"));
        assert!(said("some code please").contains("```python\n"));
    }

    #[test]
    fn tests_and_changes_are_code_in_the_language_of_the_file_sent_along() {
        let with_file = |words: &str, lang: &str, path: &str| {
            said(&format!("{words}\n\n```{lang} {path}\nthe contents\n```\n"))
        };
        for words in [
            "Write tests for this",
            "fix it",
            "Refactor",
            "为它编写测试",
            "修复它",
        ] {
            let answer = with_file(words, "rs", "src/db.rs");
            assert!(answer.contains("```rust\n"), "{words}: {answer}");
        }
        assert!(with_file("Write tests", "go", "a.go").contains("```go\n"));
        assert!(with_file("Write tests in Python", "rs", "a.rs").contains("```python\n"));
        assert!(with_file("What is the latest here?", "rs", "test.rs").contains("In short"));
    }

    #[test]
    fn who_wants_code_alone_gets_code() {
        let body = json!({"messages": [
            {"role": "system", "content": "Answer with code alone, in fenced Markdown blocks."},
            {"role": "user", "content": "the shortest way"},
        ]});
        assert!(
            reply(&Ask::read(&body).unwrap(), 0)
                .text
                .contains("```python\n")
        );
    }

    #[test]
    fn a_tool_is_called_when_the_question_speaks_of_it_and_answered_after() {
        let body = |last: Value| {
            json!({
                "messages": [{"role": "user", "content": "What is the weather in Oslo?"}, last],
                "tools": [{"type": "function", "function": {"name": "get_weather", "parameters":
                    {"type": "object", "properties": {"city": {"type": "string"}}}}}],
            })
        };
        let first = body(json!({"role": "user", "content": "the weather, please"}));
        let call = reply(&Ask::read(&first).unwrap(), 0).call.unwrap();
        assert_eq!(call.name, "get_weather");
        assert_eq!(call.arguments, "{\"city\":\"example\"}");
        let second = body(json!({"role": "tool", "content": "4 degrees", "tool_call_id": "x"}));
        let answer = reply(&Ask::read(&second).unwrap(), 0);
        assert!(answer.call.is_none());
        assert!(answer.text.contains("4 degrees"));
    }
}
