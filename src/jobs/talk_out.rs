//! A conversation for people and programs outside: as Markdown, as JSON, piece by piece.
//!
//! The texts are verbatim, as they were said: who shows them on a terminal makes them harmless first.

mod json;
mod markdown;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::code_out::{self, Prepared};
use super::scene::Scene;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::{Conversation, ReplyState, Speaker, Turn};
use crate::domain::diagnosis::Diagnosis;
use crate::flow::answer_figures;
use crate::flow::code_out::{CodePlan, CodeReview};
use crate::flow::keeping::TalkExport;
use crate::openrouter::BaseUrl;
use crate::text::{Lang, Phrase};

pub use self::json::json;
pub use self::markdown::markdown;

/// The longest name of a file that is made of a title, in characters.
const LONGEST_NAME: usize = 48;

/// What is to be told, and how.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The conversation.
    pub talk: &'a Conversation,
    /// The server it was held with: scheme, host and port, or `sandbox`.
    pub server: &'a str,
    /// Every turn in the order it was said, not only those on show. JSON holds all of them always.
    pub every_branch: bool,
    /// In whose words.
    pub lang: Lang,
}

/// One turn, told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Who speaks, with the number of the turn where every branch is told.
    pub who: String,
    /// When, what went along or what it cost, and which turn it follows where that is not the one above.
    pub about: String,
    /// What a model thought before it spoke.
    pub reasoning: String,
    /// What was said.
    pub text: String,
    /// Why it is not whole.
    pub end: Option<String>,
}

const YOU: Phrase = Phrase::new("You", "您");
const PROJECT: Phrase = Phrase::new("Project", "项目");
const SERVER: Phrase = Phrase::new("Server", "服务器");
const BEGUN: Phrase = Phrase::new("Begun", "开始于");
const MODELS: Phrase = Phrase::new("Models", "模型");
const COST: Phrase = Phrase::new("Cost", "费用");
const RULES: Phrase = Phrase::new("Rules for the model", "给模型的规则");
const REASONING: Phrase = Phrase::new("Reasoning", "推理");
const WITH: Phrase = Phrase::new("with {}", "附带 {}");
const FOLLOWS: Phrase = Phrase::new("follows {}", "接在 {} 之后");
const BEGINS: Phrase = Phrase::new("begins the conversation in another way", "对话的另一种开头");
const UNFINISHED: Phrase = Phrase::new(
    "the program was ended in the midst of this answer",
    "程序在此回答中途结束",
);
const CUT: Phrase = Phrase::new("cut at its longest", "已达最大长度");
const STOPPED: Phrase = Phrase::new("stopped", "已停止");
const FILTERED: Phrase = Phrase::new("stopped by a content filter", "被内容过滤器中止");
const ODD: Phrase = Phrase::new("ended oddly: {}", "异常结束：{}");
const GOES_ON: Phrase = Phrase::new("goes on with {}", "接续 {}");
const BROKEN: Phrase = Phrase::new("broke off: {}", "中断：{}");

impl Telling<'_> {
    /// What it is called; never empty.
    pub fn title(&self) -> CleanText {
        const UNNAMED: Phrase = Phrase::new("Conversation", "对话");
        let title = CleanText::line(&self.talk.title);
        if title.is_empty() {
            return CleanText::line(UNNAMED.say(self.lang));
        }
        title
    }

    /// What is to be known of the whole: names and values. The project is told by the name of its folder.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let Self { talk, lang, .. } = *self;
        let mut facts = Vec::new();
        if let Some(project) = talk.project.as_deref().and_then(folder) {
            facts.push((PROJECT.say(lang), project.into_string()));
        }
        facts.push((SERVER.say(lang), CleanText::line(self.server).into_string()));
        facts.push((BEGUN.say(lang), time(talk.begun)));
        let models = self.models();
        if !models.is_empty() {
            facts.push((MODELS.say(lang), models.join(", ")));
        }
        if let Some(cost) = talk.cost() {
            facts.push((COST.say(lang), cost.to_string()));
        }
        facts
    }

    /// Who answered, each once, in the order they came.
    fn models(&self) -> Vec<String> {
        let mut models: Vec<String> = Vec::new();
        for reply in self
            .numbers()
            .into_iter()
            .filter_map(|at| self.talk.turns[at].reply())
        {
            let name = reply.name().into_string();
            if !models.contains(&name) {
                models.push(name);
            }
        }
        models
    }

    /// The name of the rules, for a heading.
    pub fn rules_head(&self) -> &'static str {
        RULES.say(self.lang)
    }

    /// The numbers of the turns that are told.
    fn numbers(&self) -> Vec<usize> {
        if self.every_branch {
            (0..self.talk.turns.len()).collect()
        } else {
            self.talk.branch()
        }
    }

    /// The turns, in their order. An answer that was gone on with is one, unless every branch is told.
    pub fn sections(&self) -> Vec<Section> {
        if !self.every_branch {
            let ends = self.talk.ends(&self.talk.branch()).into_iter();
            let turns = ends.filter_map(|number| self.talk.joined(number));
            return turns.map(|turn| self.section(&turn)).collect();
        }
        let mut before = None;
        let mut sections = Vec::new();
        for (number, turn) in self.talk.turns.iter().enumerate() {
            let mut section = self.section(turn);
            section.who = format!("{}. {}", number + 1, section.who);
            if let Some(after) = self.after(number, before) {
                section.about = format!("{} · {after}", section.about);
            }
            sections.push(section);
            before = Some(number);
        }
        sections
    }

    /// Which turn one comes behind, where that is not the one that was told before it, or where it goes on with that.
    fn after(&self, number: usize, before: Option<usize>) -> Option<String> {
        let parent = self.talk.turns[number].parent;
        let goes_on = self.talk.goes_on(number);
        if parent == before && !goes_on {
            return None;
        }
        Some(match parent {
            Some(parent) if goes_on => GOES_ON.fill(self.lang, &[&(parent + 1)]),
            Some(parent) => FOLLOWS.fill(self.lang, &[&(parent + 1)]),
            None => BEGINS.say(self.lang).to_owned(),
        })
    }

    fn section(&self, turn: &Turn) -> Section {
        let lang = self.lang;
        let mut about = vec![time(turn.at)];
        let mut section = Section {
            text: turn.text.clone(),
            ..Section::default()
        };
        section.who = match &turn.speaker {
            Speaker::Person { attached, .. } => {
                if !attached.is_empty() {
                    let names = CleanText::line(&attached.join(", "));
                    about.push(WITH.fill(lang, &[&names]));
                }
                YOU.say(lang).to_owned()
            }
            Speaker::Model(reply) => {
                about.extend(answer_figures::parts(reply, lang));
                section.reasoning.clone_from(&reply.reasoning);
                section.end = end(&reply.state, lang);
                reply.name().into_string()
            }
        };
        section.about = about.join(" · ");
        section
    }
}

/// Works out the file that a conversation of the chat goes into. Nothing is written: [`code_out::write`] does,
/// after it was shown.
///
/// # Errors
/// Nothing is written to this place, or what stands there cannot be read.
pub fn review(
    scene: &Scene,
    export: &TalkExport,
) -> Result<(CodeReview, Prepared), Box<Diagnosis>> {
    let server = BaseUrl::parse(&export.server);
    let server = server.map_or_else(
        |_| export.server.clone(),
        |server| scene.name_in_ledger(&server),
    );
    let telling = Telling {
        talk: &export.talk,
        server: &server,
        every_branch: false,
        lang: export.lang,
    };
    let path = export.path.clone();
    let path = path.unwrap_or_else(|| file_name(&telling.title()));
    let is_json = path.to_ascii_lowercase().ends_with(".json");
    let text = if is_json {
        json(&telling)
    } else {
        markdown(&telling)
    };
    code_out::review_text(
        scene,
        &CodePlan {
            path,
            code: text,
            is_unfinished: false,
        },
    )
}

/// A name for the file of a conversation: `write-a-parser.md`.
pub fn file_name(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let mut stem = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        let blank = usize::from(!stem.is_empty());
        if stem.chars().count() + blank + word.chars().count() > LONGEST_NAME {
            break;
        }
        if !stem.is_empty() {
            stem.push('-');
        }
        stem.push_str(word);
    }
    if stem.is_empty() {
        // One long word, as Chinese titles are, or none at all.
        let letters = lower.chars().filter(|c| c.is_alphanumeric());
        stem = letters.take(LONGEST_NAME).collect();
    }
    if stem.is_empty() {
        "conversation".clone_into(&mut stem);
    }
    stem + ".md"
}

/// The last part of a path.
fn folder(path: &str) -> Option<CleanText> {
    let name = path.rsplit(['/', '\\']).find(|part| !part.is_empty())?;
    Some(CleanText::line(name))
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn end(state: &ReplyState, lang: Lang) -> Option<String> {
    let words = match state {
        ReplyState::Whole => return None,
        ReplyState::Coming => UNFINISHED,
        ReplyState::Cut => CUT,
        ReplyState::Stopped => STOPPED,
        ReplyState::Filtered => FILTERED,
        ReplyState::Odd(word) => return Some(ODD.fill(lang, &[word])),
        ReplyState::Broken(id) => {
            let known = diagnosis::find(id).map(|trouble| trouble.plain().title.say(lang));
            let title = known.unwrap_or_else(|| CleanText::line(id).into_string());
            return Some(BROKEN.fill(lang, &[&title]));
        }
    };
    Some(words.say(lang).to_owned())
}
