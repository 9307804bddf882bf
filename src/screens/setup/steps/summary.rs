//! The end: what is set and where, and what to do next.

use super::{Answer, Go, Mark, WizardStep};
use crate::domain::page::{OPENROUTER_SUPPORT, PROJECT_SUPPORT, Page as WebPage};
use crate::flow::{Effect, Facts, Intent, ScreenName, Step};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::{Shared, Tested};
use crate::screens::setup::step_name::StepName;
use crate::text::{Lang, Phrase};
use crate::ui::page::{Block, Fact, Page, fact};
use crate::ui::theme::Tone;

const READY: Phrase = Phrase::new(
    "✓ Ready: your project can call a model.",
    "✓ 准备就绪：您的项目可以调用模型了。",
);
const NOT_YET: Phrase = Phrase::new("Not everything is set yet:", "还有步骤没有完成：");
const KEY: Phrase = Phrase::new("key", "密钥");
const NO_KEY: Phrase = Phrase::new(
    "none yet: step 3, or onramp setup",
    "尚无：第 3 步，或 onramp setup",
);
const FILE: Phrase = Phrase::new("file", "文件");
const FILE_AT: Phrase = Phrase::new("{}, line {}", "{}，第 {} 行");
const FILE_FOUND: Phrase = Phrase::new("not written: the key comes from {}", "未写入：密钥来自 {}");
const FILE_NONE: Phrase = Phrase::new(
    "not written: step 4, or onramp env set OPENROUTER_API_KEY",
    "未写入：第 4 步，或 onramp env set OPENROUTER_API_KEY",
);
const SERVER: Phrase = Phrase::new("server", "服务器");
const TEST: Phrase = Phrase::new("test", "测试");
const TEST_PASSED: Phrase = Phrase::new("passed", "通过");
const TEST_FAILED: Phrase = Phrase::new(
    "failed: step 5, or onramp check",
    "未通过：第 5 步，或 onramp check",
);
const TEST_NONE: Phrase = Phrase::new(
    "not run: step 5, or onramp check",
    "未运行：第 5 步，或 onramp check",
);
const LIMIT: Phrase = Phrase::new("limit", "限额");
const LIMIT_NONE: Phrase = Phrase::new(
    "none: this key can spend the whole balance",
    "无：此密钥可花光全部余额",
);
const LIMIT_UNKNOWN: Phrase = Phrase::new("not known", "未知");
const NEXT: Phrase = Phrase::new("What next", "接下来");
const ASK: Phrase = Phrase::new("Ask a question", "提一个问题");
const ASK_NOTE: Phrase = Phrase::new("onramp ask \"…\"", "onramp ask \"…\"");
const USAGE: Phrase = Phrase::new("See what was spent", "查看花费");
const USAGE_NOTE: Phrase = Phrase::new("balance, burn rate, by model", "余额、花费速度、按模型");
const CODE: Phrase = Phrase::new("Use it in your code", "在代码中使用");
const CODE_NOTE: Phrase = Phrase::new("Python, TypeScript, curl", "Python、TypeScript、curl");
const DEPLOY: Phrase = Phrase::new(
    "Deploy the service the .env is for",
    "部署使用此 .env 的服务",
);
const DEPLOY_NOTE: Phrase = Phrase::new("another key for each environment", "每个环境用各自的密钥");
const EACH_HOW: Phrase = Phrase::new(
    "Development, staging and production each get a key of their own, so that one can be limited or revoked \
     without the others:",
    "开发、预发布和生产环境应使用各自的密钥，这样限制或吊销其中一个不会影响其他：",
);
const REVOKE: Phrase = Phrase::new("Revoke or limit this key", "吊销或限制此密钥");
const UNDO: Phrase = Phrase::new("Take back what was written", "撤销写入");
const QUIT: Phrase = Phrase::new("Quit", "退出");
const BACK: Phrase = Phrase::new("Back to the summary", "返回总结");
const COPY: Phrase = Phrase::new("Copy the example for {}", "复制 {} 示例");
const HELP: Phrase = Phrase::new(
    "Questions: {} · Discord {} · {} · about onramp: {}",
    "需要帮助：{} · Discord {} · {} · 关于 onramp：{}",
);
const HELP_ELSEWHERE: Phrase = Phrase::new("About onramp: {}", "关于 onramp：{}");
const ASK_HOW: Phrase = Phrase::new(
    "Leave with q and ask in the shell. The answer streams; what it cost stands below it. Standard input is \
     added to the question:",
    "按 q 退出后在命令行中提问。回答会逐字显示，费用显示在下方；标准输入会附加到问题之后：",
);
const DEPLOY_HOW: Phrase = Phrase::new(
    "A server gets the same variables, never the file from the repository. Give it a key of its own with a limit \
     of its own:",
    "服务器上设置同样的变量，不要从代码仓库中取 .env 文件。最好为它单独创建一个有限额的密钥：",
);
const CI_HOW: Phrase = Phrase::new(
    "In CI and on hosting platforms, set OPENROUTER_API_KEY in their secret store instead of a file. `onramp check` on \
     the server tells whether it works there.",
    "在 CI 和托管平台上，请在其密钥存储中设置 OPENROUTER_API_KEY，而不是使用文件。在服务器上运行 `onramp check` 可确认是否可用。",
);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sheet {
    #[default]
    Summary,
    Ask,
    Code,
    Deploy,
}

/// What the summary leads on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Ask,
    Usage,
    Code,
    Deploy,
    Revoke,
    Undo,
    Quit,
}

/// The page after the last step.
#[derive(Debug, Default)]
pub struct Summary {
    sheet: Sheet,
}

impl WizardStep for Summary {
    fn page<'a>(&'a self, shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = Page::new(StepName::Summary.title().say(lang));
        match self.sheet {
            Sheet::Summary => write_summary(&mut page, shared, facts),
            Sheet::Ask => {
                page.say(ASK_HOW.say(lang));
                page.gap();
                page.push(code(ASK_LINES));
                page.gap();
                page.choice(BACK.say(lang), "");
            }
            Sheet::Code => {
                page.push(code(PYTHON));
                page.gap();
                page.push(code(TYPESCRIPT));
                page.gap();
                page.push(code(CURL));
                page.gap();
                page.choice(BACK.say(lang), "");
                for (name, _) in EXAMPLES {
                    page.choice(COPY.fill(lang, &[name]), "");
                }
            }
            Sheet::Deploy => {
                page.say(DEPLOY_HOW.say(lang));
                page.gap();
                page.push(code(DEPLOY_LINES));
                page.gap();
                page.say(EACH_HOW.say(lang));
                page.gap();
                page.push(code(EACH_LINES));
                page.gap();
                page.say(CI_HOW.say(lang));
                page.gap();
                page.choice(BACK.say(lang), "");
            }
        }
        page
    }

    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer {
        if let (Sheet::Code, Some((_, lines))) = (self.sheet, EXAMPLES.get(choice.wrapping_sub(1)))
        {
            return Step::effect(Effect::Copy(lines.join("\n") + "\n")).into();
        }
        if self.sheet != Sheet::Summary {
            self.sheet = Sheet::Summary;
            return Answer::go(Go::Turn);
        }
        match ways(shared, facts).nth(choice) {
            Some(Way::Ask) => self.turn(Sheet::Ask),
            Some(Way::Usage) => Step::intent(Intent::Go(ScreenName::Usage)).into(),
            Some(Way::Code) => self.turn(Sheet::Code),
            Some(Way::Deploy) => self.turn(Sheet::Deploy),
            Some(Way::Revoke) => page_parts::open(WebPage::Keys, facts).into(),
            // The step that wrote it still holds the change, and takes it back there.
            Some(Way::Undo) => Answer::go(Go::To(StepName::Env)),
            Some(Way::Quit) => Step::intent(Intent::Quit).into(),
            None => Answer::idle(),
        }
    }

    fn enter(&mut self, _shared: &mut Shared, _facts: &Facts) -> Answer {
        self.sheet = Sheet::Summary;
        // Other programs may have changed files meanwhile: what is told here is looked at anew.
        Step::effect(Effect::LookAround).into()
    }

    fn back(&mut self, _shared: &mut Shared, _facts: &Facts) -> Option<Answer> {
        if self.sheet == Sheet::Summary {
            return None;
        }
        self.sheet = Sheet::Summary;
        Some(Answer::go(Go::Turn))
    }

    fn mark(&self, _shared: &Shared, _facts: &Facts) -> Mark {
        Mark::Todo
    }
}

impl Summary {
    fn turn(&mut self, sheet: Sheet) -> Answer {
        self.sheet = sheet;
        Answer::go(Go::Turn)
    }
}

/// The ways on, in the order of the page.
fn ways(shared: &Shared, facts: &Facts) -> impl Iterator<Item = Way> {
    let revoke = page_parts::has_openrouters_pages(facts).then_some(Way::Revoke);
    let undo = shared.saved.is_some().then_some(Way::Undo);
    [Way::Ask, Way::Usage, Way::Code, Way::Deploy]
        .into_iter()
        .chain(revoke)
        .chain(undo)
        .chain([Way::Quit])
}

fn write_summary(page: &mut Page<'_>, shared: &Shared, facts: &Facts) {
    let lang = facts.lang;
    let is_ready = facts.key.is_some() && shared.tested == Some(Tested::Works);
    if is_ready {
        page.tell(Tone::Good, READY.say(lang));
    } else {
        page.tell(Tone::Warn, NOT_YET.say(lang));
    }
    page.gap();
    page.facts(standing(shared, facts));
    page.gap();
    page.tell(Tone::Strong, NEXT.say(lang));
    for way in ways(shared, facts) {
        match way {
            Way::Ask => page.choice(ASK.say(lang), ASK_NOTE.say(lang)),
            Way::Usage => page.choice(USAGE.say(lang), USAGE_NOTE.say(lang)),
            Way::Code => page.choice(CODE.say(lang), CODE_NOTE.say(lang)),
            Way::Deploy => page.choice(DEPLOY.say(lang), DEPLOY_NOTE.say(lang)),
            Way::Revoke => page.choice(REVOKE.say(lang), WebPage::Keys.url()),
            Way::Undo => page.choice(UNDO.say(lang), ""),
            Way::Quit => page.choice(QUIT.say(lang), ""),
        }
    }
    page.gap();
    let help = if page_parts::has_openrouters_pages(facts) {
        let docs = WebPage::Docs.url();
        let discord = WebPage::Discord.url();
        HELP.fill(
            lang,
            &[&docs, &discord, &OPENROUTER_SUPPORT, &PROJECT_SUPPORT],
        )
    } else {
        HELP_ELSEWHERE.fill(lang, &[&PROJECT_SUPPORT])
    };
    page.tell(Tone::Quiet, help);
}

fn standing(shared: &Shared, facts: &Facts) -> Vec<Fact> {
    let lang = facts.lang;
    let warn = |name: Phrase, value: &str| Fact {
        name: name.say(lang).into(),
        tone: Tone::Warn,
        value: value.into(),
    };
    let key = match &facts.key {
        Some(key) => fact(KEY.say(lang), key.secret.mask()),
        None => warn(KEY, NO_KEY.say(lang)),
    };
    let test = match shared.tested {
        Some(Tested::Works) => fact(TEST.say(lang), TEST_PASSED.say(lang)),
        Some(Tested::Fails) => warn(TEST, TEST_FAILED.say(lang)),
        None => warn(TEST, TEST_NONE.say(lang)),
    };
    let known = facts.key.as_ref().and_then(|key| key.facts.as_ref());
    let limit = match known.map(|known| known.limit) {
        Some(Some(limit)) => fact(LIMIT.say(lang), limit.to_string()),
        Some(None) => warn(LIMIT, LIMIT_NONE.say(lang)),
        None => fact(LIMIT.say(lang), LIMIT_UNKNOWN.say(lang)),
    };
    vec![
        key,
        file(shared, facts, lang),
        fact(SERVER.say(lang), &facts.base_url),
        test,
        limit,
    ]
}

fn file(shared: &Shared, facts: &Facts, lang: Lang) -> Fact {
    let value = if let Some(saved) = &shared.saved {
        FILE_AT.fill(lang, &[&saved.path.display(), &saved.line])
    } else {
        let found = shared.around.iter().flat_map(|around| &around.keys);
        let holder = facts
            .key
            .as_ref()
            .and_then(|key| found.clone().find(|sighting| sighting.secret == key.secret));
        match holder.map(|sighting| &sighting.place) {
            Some(crate::domain::sighting::Place::Dotenv { path, line, .. }) => {
                FILE_AT.fill(lang, &[&path.display(), line])
            }
            Some(place) => FILE_FOUND.fill(lang, &[&page_parts::place(place, &facts.folder, lang)]),
            None => {
                return Fact {
                    name: FILE.say(lang).into(),
                    tone: Tone::Warn,
                    value: FILE_NONE.say(lang).into(),
                };
            }
        }
    };
    fact(FILE.say(lang), value)
}

fn code(lines: &[&str]) -> Block<'static> {
    Block::Code(lines.iter().map(|&line| line.to_owned()).collect())
}

const ASK_LINES: &[&str] = &[
    "onramp ask \"What does this project do?\" < README.md",
    "git diff | onramp ask \"Review this change\"",
];

/// The examples by the name of their language.
const EXAMPLES: &[(&str, &[&str])] = &[
    ("Python", PYTHON),
    ("TypeScript", TYPESCRIPT),
    ("curl", CURL),
];

const PYTHON: &[&str] = &[
    "# Python: pip install openai python-dotenv",
    "import os",
    "from dotenv import load_dotenv",
    "from openai import OpenAI",
    "load_dotenv()",
    "client = OpenAI(api_key=os.environ[\"OPENROUTER_API_KEY\"],",
    "                base_url=os.environ[\"OPENROUTER_API_BASE\"])",
    "answer = client.chat.completions.create(model=\"openai/gpt-5-mini\", max_tokens=500,",
    "    messages=[{\"role\": \"user\", \"content\": \"Hello\"}])",
    "print(answer.choices[0].message.content)",
];

const TYPESCRIPT: &[&str] = &[
    "// TypeScript: npm install openai; npx tsx --env-file=.env app.ts",
    "import OpenAI from \"openai\";",
    "const client = new OpenAI({",
    "  apiKey: process.env.OPENROUTER_API_KEY,",
    "  baseURL: process.env.OPENROUTER_API_BASE,",
    "});",
    "const answer = await client.chat.completions.create({",
    "  model: \"openai/gpt-5-mini\", max_tokens: 500,",
    "  messages: [{ role: \"user\", content: \"Hello\" }],",
    "});",
    "console.log(answer.choices[0].message.content);",
];

const CURL: &[&str] = &[
    "# curl",
    "set -a; . ./.env; set +a",
    "curl \"$OPENROUTER_API_BASE/chat/completions\" -H \"Authorization: Bearer $OPENROUTER_API_KEY\" \\",
    "  -H \"Content-Type: application/json\" -d '{\"model\": \"openai/gpt-5-mini\",",
    "  \"max_tokens\": 500, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}'",
];

const EACH_LINES: &[&str] = &[
    "onramp env set --file .env.production \\",
    "  OPENROUTER_API_KEY",
    "# side by side, what differs is marked",
    "onramp env show",
];

const DEPLOY_LINES: &[&str] = &[
    "# systemd: a file that only root reads",
    "install -m 600 .env /etc/myservice.env",
    "EnvironmentFile=/etc/myservice.env",
    "# Docker, Docker Compose",
    "docker run --env-file .env myimage",
    "env_file: .env",
];
