//! `onramp explain`: what a trouble means, before or after it happens.

use serde::Serialize;

use super::args::ExplainFlags;
use super::context::Context;
use super::output::{self, DiagnosisJson, Failure, Outcome, print_json, print_line};
use crate::controls::nearest::nearest;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::{Refusal, Symptom};
use crate::text::{Lang, Phrase, Said};
use crate::ui::wrap::{pad, width};

const UNKNOWN: Phrase = Phrase::new(
    "there is no trouble called “{}”; onramp explain lists them all",
    "没有名为“{}”的问题；onramp explain 可列出全部",
);
const UNKNOWN_NEAR: Phrase = Phrase::new(
    "there is no trouble called “{}”; did you mean {}?",
    "没有名为“{}”的问题；是否指 {}？",
);
const PAGE: Phrase = Phrase::new("page: {}", "页面：{}");
const EXITS: Phrase = Phrase::new("Exit code: {}", "退出码：{}");

pub(super) fn run(context: &Context, flags: ExplainFlags) -> Outcome {
    let lang = context.lang;
    let Some(id) = flags.id else {
        list(lang, flags.json);
        return Ok(());
    };
    let Some(explained) = explained(id.trim()) else {
        return Err(Failure::Usage(unknown(&id)));
    };
    if flags.json {
        print_json(&Row::of(&explained, lang));
        return Ok(());
    }
    print_line(&format!("{} ({})", explained.title.say(lang), explained.id));
    for line in output::cause_and_hints(&explained, lang).lines() {
        print_line(line);
    }
    if !explained.links.is_empty() {
        print_line("");
        for page in &explained.links {
            print_line(&PAGE.fill(lang, &[&page.url()]));
        }
    }
    print_line("");
    print_line(&EXITS.fill(lang, &[&explained.kind.exit_code()]));
    Ok(())
}

/// The trouble of that name, or what a bare status usually is: people type what they have seen.
fn explained(id: &str) -> Option<Diagnosis> {
    let named = diagnosis::find(&id.to_lowercase()).map(diagnosis::Trouble::plain);
    let status = id.parse().ok().filter(|status| (400..600).contains(status));
    named.or_else(|| {
        let refusal = Refusal {
            status: status?,
            ..Refusal::default()
        };
        let usual = diagnosis::explain(&Symptom::Refused(Box::new(refusal)));
        diagnosis::find(usual.id).map(diagnosis::Trouble::plain)
    })
}

fn list(lang: Lang, json: bool) {
    let all: Vec<_> = diagnosis::all().map(diagnosis::Trouble::plain).collect();
    if json {
        let rows: Vec<Row> = all.iter().map(|plain| Row::of(plain, lang)).collect();
        print_json(&rows);
        return;
    }
    let longest = all.iter().map(|plain| width(plain.id)).max().unwrap_or(0);
    for plain in all {
        let id = pad(plain.id, longest);
        print_line(&format!("{id}  {}", plain.title.say(lang)));
    }
}

fn unknown(id: &str) -> Said {
    let ids: Vec<&str> = diagnosis::all().map(|trouble| trouble.id).collect();
    let shown = CleanText::line(id).shortened(60);
    let near = nearest(id, &ids, 1).first().and_then(|at| ids.get(*at));
    match near {
        Some(near) => Said::new(UNKNOWN_NEAR, &[&shown, near]),
        None => Said::new(UNKNOWN, &[&shown]),
    }
}

/// A trouble as scripts read it: what a diagnosis has, and its exit code.
#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    diagnosis: DiagnosisJson,
    exit_code: u8,
}

impl Row {
    fn of(plain: &Diagnosis, lang: Lang) -> Self {
        Self {
            diagnosis: DiagnosisJson::of(plain, lang),
            exit_code: plain.kind.exit_code(),
        }
    }
}
