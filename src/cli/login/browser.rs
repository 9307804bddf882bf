//! The sign-in itself: a page to open, and an answer that comes by the browser or by a pasted code.

use std::io::{IsTerminal, stderr, stdin};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::{KeptKey, ask_about, key_page, named};
use crate::cli::args::login::LoginFlags;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome};
use crate::cli::{beside, hidden};
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::jobs::sign_in::{self, Refused, SignIn, pasted_code};
use crate::openrouter::BaseUrl;
use crate::runtime::browser;
use crate::text::{Phrase, Said};
use crate::ui::qr;

const OPENED: Phrase = Phrase::new(
    "The browser shows the page of {}. Agree there, and this goes on by itself. The page, if it does not open:",
    "浏览器会打开 {} 的页面。在那里同意后，这里会自动继续。如果没有打开，页面地址是：",
);
const UNOPENED: Phrase = Phrase::new(
    "No browser could be opened for {}. Open this page on this machine and agree there; this goes on by itself:",
    "无法为 {} 打开浏览器。请在本机打开此页面并同意，这里会自动继续：",
);
const ELSEWHERE: Phrase = Phrase::new(
    "Open this page of {} in any browser and agree there. It shows a code; paste it here:",
    "在任意浏览器中打开 {} 的此页面并同意，页面会显示一个验证码，请粘贴到这里：",
);
const LIFE: Phrase = Phrase::new(
    "It is good for ten minutes and one use. Ctrl+C stops it.",
    "十分钟内有效，仅可使用一次。按 Ctrl+C 停止。",
);
const CODE: Phrase = Phrase::new(
    "The code (typing stays unseen): ",
    "验证码（输入不会显示）：",
);
const CODE_OR: Phrase = Phrase::new(
    "Or paste the code, or the address where the browser ended up (typing stays unseen): ",
    "也可粘贴验证码，或浏览器最后停留的地址（输入不会显示）：",
);
const EXCHANGING: Phrase = Phrase::new(
    "\nexchanging the code for a key …",
    "\n正在用验证码换取密钥 …",
);
const NOBODY: Phrase = Phrase::new(
    "nobody is here to paste the code, and no browser can answer. Run it in a terminal",
    "没有终端可粘贴验证码，也没有浏览器可应答。请在终端中运行",
);
const A_KEY: Phrase = Phrase::new(
    "\nThis is a key, not a sign-in code, and was sent nowhere. A management key: onramp login --management. \
     An API key: onramp setup.",
    "\n这是密钥，不是登录验证码，没有发送到任何地方。管理密钥请用：onramp login --management；API 密钥请用：onramp setup。",
);
const LOST: Phrase = Phrase::new(
    "The key was made but could not be kept, and it is gone from here: delete it",
    "密钥已创建但无法保存，此处已丢失：请将它删除",
);
const UNTOLD: Phrase = Phrase::new(
    "The key was made and is kept; what it may do could not be asked.",
    "密钥已创建并保存，但未能查询它的权限。",
);
const IS_MANAGEMENT: Phrase = Phrase::new(
    "The sign-in gave a management key. It is kept as that; programs need an ordinary API key.",
    "登录得到的是管理密钥，已按此保存；程序需要普通的 API 密钥。",
);

pub(super) async fn run(context: &Context, server: &BaseUrl, flags: LoginFlags) -> Outcome {
    let listens = !flags.no_browser && !context.is_remote;
    let sign_in = SignIn::here(&context.scene, server, listens)
        .await
        .map_err(|symptom| crate::cli::diagnosed(&symptom))?;
    let listens = sign_in.listens();
    invite(context, server, &sign_in).await;
    let secret = wait(context, sign_in, listens).await?;
    let kept = keep(context, server, secret);
    // Kept first, asked about afterwards: a network that fails now must not cost the key.
    finish(context, kept?, flags.json).await
}

/// Says what to do, and opens the page where a browser is beside the terminal.
async fn invite(context: &Context, server: &BaseUrl, sign_in: &SignIn) {
    let lang = context.lang;
    let url = sign_in.url().to_owned();
    let words = if sign_in.listens() {
        let environment = context.scene.environment.clone();
        let page = url.clone();
        let opened = beside::beside(move || browser::open(&environment, &page)).await;
        if opened { OPENED } else { UNOPENED }
    } else {
        ELSEWHERE
    };
    // Without these lines nobody could go on: they are said to those who want quiet, too.
    let say = |line: &str| crate::cli::output::complain(&format!("{line}\n"));
    say(&words.fill(lang, &[&server.host()]));
    say(&link(context, &url));
    // The answer of a page on this machine reaches no other device, so only the page with a code is offered to one.
    if !sign_in.listens() && shows_pictures(context) {
        for row in fitting_code(&url) {
            say(&row);
        }
    }
    context.note(LIFE.say(lang));
}

fn shows_pictures(context: &Context) -> bool {
    stderr().is_terminal() && !context.look.is_plain
}

/// The address as a link, where the terminal knows links.
fn link(context: &Context, url: &str) -> String {
    let safe: String = url.chars().filter(char::is_ascii_graphic).collect();
    if shows_pictures(context) && context.scene.environment.get("TERM") != Some("linux") {
        format!("\x1b]8;;{safe}\x1b\\{safe}\x1b]8;;\x1b\\")
    } else {
        safe
    }
}

/// A QR code on a ground of its own; nothing where the terminal is too small for it.
fn fitting_code(url: &str) -> Vec<String> {
    let Some(rows) = qr::rows(url) else {
        return Vec::new();
    };
    let (columns, lines) = crossterm::terminal::size().unwrap_or_default();
    let width = rows.first().map_or(0, |row| row.chars().count());
    // The prompt and the address need room, too.
    if width > usize::from(columns) || rows.len() + 6 > usize::from(lines) {
        return Vec::new();
    }
    rows.iter()
        .map(|row| format!("\x1b[97;40m{row}\x1b[0m"))
        .collect()
}

/// Waits for the key. A pasted code that is refused is told, and may be pasted again.
async fn wait(context: &Context, sign_in: SignIn, listens: bool) -> Result<Secret, Failure> {
    let (codes, typed) = unbounded_channel();
    let (refusals, refused) = unbounded_channel();
    let tell = |refusal: Refused| {
        let words = Failure::from(refusal.diagnosis).report(context.lang);
        crate::cli::output::complain(&format!("\n{words}\n"));
        let _ = refusals.send(());
    };
    tokio::select! {
        ended = sign_in.wait(typed, tell) => {
            if stdin().is_terminal() {
                crate::cli::output::complain("\n");
            }
            ended.map_err(|end| end.diagnosis.into())
        }
        failure = read_codes(context, codes, refused, listens) => Err(failure),
    }
}

/// Reads codes as long as somebody pastes some; ends only where no answer can come any more.
async fn read_codes(
    context: &Context,
    codes: UnboundedSender<Secret>,
    mut refused: UnboundedReceiver<()>,
    listens: bool,
) -> Failure {
    let lang = context.lang;
    let question = if listens { CODE_OR } else { CODE };
    // A script's standard input has no code for a page that a browser answers.
    while !listens || stdin().is_terminal() {
        let Some(line) = hidden::line(question.say(lang)).await else {
            break;
        };
        let code = pasted_code(&String::from_utf8_lossy(&line));
        if code.is_empty() {
            crate::cli::output::complain("\n");
            continue;
        }
        if code.expose().contains("sk-") {
            crate::cli::output::complain(&format!("{}\n", A_KEY.say(lang)));
            continue;
        }
        crate::cli::output::complain(&format!("{}\n", EXCHANGING.say(lang)));
        if codes.send(code).is_err() || refused.recv().await.is_none() {
            break;
        }
    }
    if listens {
        return std::future::pending().await;
    }
    Failure::Usage(NOBODY.into())
}

fn keep(context: &Context, server: &BaseUrl, secret: Secret) -> Result<KeptKey, Failure> {
    let before = context.scene.store().key(&server.origin());
    let before = before.ok().flatten().map(|held| held.secret);
    match sign_in::keep(&context.scene, server, &secret) {
        Ok(put) => Ok(KeptKey {
            server: server.clone(),
            secret,
            facts: None,
            put,
            before,
            is_management: false,
        }),
        Err(trouble) => Err(lost(server, &secret, trouble)),
    }
}

/// The key exists and nobody has it: the trouble, and the page where it can be deleted.
fn lost(server: &BaseUrl, secret: &Secret, trouble: FileTrouble) -> Failure {
    let mut diagnosis = crate::cli::judged(&Symptom::File(trouble));
    diagnosis.fixes.push(crate::domain::diagnosis::Fix {
        words: Said::from(LOST),
        act: crate::domain::diagnosis::Act::Open(Page::Url(key_page(server, secret))),
    });
    diagnosis.into()
}

async fn finish(context: &Context, mut kept: KeptKey, json: bool) -> Outcome {
    let asked = ask_about(context, &kept.server, &kept.secret).await;
    match asked {
        Ok(facts) => {
            let is_management = facts.as_ref().is_some_and(|it| it.is_management_key);
            kept.facts = facts;
            kept.tell(context, json);
            if is_management {
                return Err(named("management-key-for-inference", IS_MANAGEMENT));
            }
            Ok(())
        }
        Err(symptom) => {
            kept.tell(context, json);
            context.note(UNTOLD.say(context.lang));
            Err(crate::cli::diagnosed(&symptom))
        }
    }
}
