//! What else there is about the chosen file: the worst beside the change, all of it on a page of its
//! own, each mended on a keypress after its change was seen.

use super::words;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::finding::{Cure, Finding, Severity};
use crate::domain::sighting::short_path;
use crate::flow::env::{CureReview, EnvReview};
use crate::flow::{Effect, Facts, Reply, Step, Ticket};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::steps::{Answer, Go};
use crate::text::{Lang, Said};
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// So many findings are shown beside the change.
const BESIDE: usize = 2;
/// And so many characters of each: the change itself must stay in sight.
const LONGEST_BESIDE: usize = 100;
/// So many, the worst, are listed on their page.
const LISTED: usize = 20;

/// The page of findings. The change that was shown waits here.
#[derive(Debug)]
pub(super) struct Looking {
    /// The ticket of the change that waits.
    pub(super) ticket: Ticket,
    /// That change, with the findings.
    pub(super) review: Box<EnvReview>,
    at: At,
}

/// Where on the page of findings the person is.
#[derive(Debug)]
enum At {
    /// The list.
    List,
    /// What mends one of them is being worked out.
    Preparing(Ticket, usize),
    /// It is shown.
    Shown(Ticket, usize, Box<CureReview>),
    /// It is being done.
    Mending(Ticket),
    /// Something is in the way.
    Troubled(Box<Diagnosis>),
}

/// What a choice or an answer has led to.
#[derive(Debug)]
pub(super) enum Heard {
    /// The page stays.
    Answer(Answer),
    /// Back to the change that waits.
    Back,
    /// A finding was mended: the change must be worked out anew.
    Mended(Said),
}

impl Heard {
    fn turn() -> Self {
        Self::Answer(Answer::go(Go::Turn))
    }

    fn idle() -> Self {
        Self::Answer(Answer::idle())
    }
}

impl Looking {
    /// The list of findings about a change.
    pub(super) fn at(ticket: Ticket, review: Box<EnvReview>) -> Self {
        Self {
            ticket,
            review,
            at: At::List,
        }
    }

    pub(super) fn choose(&mut self, choice: usize, shared: &mut Shared) -> Heard {
        match &self.at {
            At::List => {
                let chosen = self.curable().nth(choice);
                chosen.map_or(Heard::Back, |at| self.prepare(at, shared))
            }
            At::Shown(ticket, ..) if choice == 0 => {
                let ticket = *ticket;
                self.at = At::Mending(ticket);
                Heard::Answer(Step::effect(Effect::ApplyCure { ticket }).into())
            }
            At::Shown(..) | At::Troubled(_) => self.list(),
            At::Preparing(..) | At::Mending(_) => Heard::idle(),
        }
    }

    /// Asks what mends a finding.
    fn prepare(&mut self, at: usize, shared: &mut Shared) -> Heard {
        let Some(finding) = self.review.findings.get(at) else {
            return Heard::idle();
        };
        let ticket = shared.tickets.take();
        let finding = Box::new(finding.clone());
        self.at = At::Preparing(ticket, at);
        let asked = Step::effect(Effect::ReviewCure { ticket, finding });
        Heard::Answer(Answer::from(asked).and_go(Go::Turn))
    }

    pub(super) fn receive(&mut self, reply: &Reply) -> Heard {
        match (reply, &self.at) {
            (Reply::CureReviewed { ticket, review }, At::Preparing(waiting, at))
                if ticket == waiting =>
            {
                self.at = match review {
                    Ok(review) => At::Shown(*ticket, *at, review.clone()),
                    Err(diagnosis) => At::Troubled(diagnosis.clone()),
                };
                Heard::turn()
            }
            (Reply::CureApplied { ticket, outcome }, At::Mending(waiting)) if ticket == waiting => {
                match outcome {
                    Ok(said) => Heard::Mended(said.clone()),
                    Err(diagnosis) => {
                        self.at = At::Troubled(diagnosis.clone());
                        Heard::turn()
                    }
                }
            }
            _ => Heard::idle(),
        }
    }

    pub(super) fn back(&mut self) -> Heard {
        match self.at {
            At::List => Heard::Back,
            // What is being done is done: its outcome is waited for.
            At::Mending(_) => Heard::idle(),
            At::Preparing(..) | At::Shown(..) | At::Troubled(_) => self.list(),
        }
    }

    fn list(&mut self) -> Heard {
        self.at = At::List;
        Heard::turn()
    }

    /// The findings that have a choice of their own, by their places.
    fn curable(&self) -> impl Iterator<Item = usize> {
        let findings = self.review.findings.iter().enumerate().take(LISTED);
        findings
            .filter(|(_, finding)| finding.cure.is_some())
            .map(|(at, _)| at)
    }

    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, facts: &Facts) {
        let lang = facts.lang;
        match &self.at {
            At::List => self.write_list(page, facts),
            At::Preparing(..) => page_parts::working(page, words::WORKING_OUT.say(lang)),
            At::Mending(_) => page_parts::working(page, words::MENDING.say(lang)),
            At::Shown(_, at, cure) => {
                if let Some(finding) = self.review.findings.get(*at) {
                    write_cure(page, finding, cure, facts);
                }
            }
            At::Troubled(diagnosis) => {
                page_parts::trouble(page, diagnosis, lang);
                page.choice(words::LEAVE.say(lang), "");
            }
        }
    }

    fn write_list(&self, page: &mut Page<'_>, facts: &Facts) {
        let lang = facts.lang;
        page.say(words::LOOKING.say(lang));
        for finding in self.review.findings.iter().take(LISTED) {
            page.gap();
            page.tell(tone(finding.severity), line(finding, facts));
            let advice = finding.advice.say(lang);
            if finding.cure.is_some() {
                page.choice(words::MEND.say(lang), advice);
            } else {
                page.tell(Tone::Quiet, format!("→ {advice}"));
            }
        }
        page.gap();
        if let more @ 1.. = self.review.findings.len().saturating_sub(LISTED) {
            page.tell(Tone::Quiet, words::MORE.fill(lang, &[&more]));
        }
        page.choice(words::BACK_TO_CHANGE.say(lang), "");
    }
}

fn write_cure<'a>(page: &mut Page<'a>, finding: &Finding, cure: &'a CureReview, facts: &Facts) {
    let lang = facts.lang;
    page.tell(tone(finding.severity), line(finding, facts));
    page.gap();
    page.say(words::WILL_WRITE.say(lang));
    page.push(Block::Change(&cure.change));
    if let Some(note) = &cure.note {
        page.say(format!("~ {}", note.say(lang)));
    }
    if finding.cure == Some(Cure::NeedsConsent) {
        page.gap();
        page.tell(Tone::Warn, format!("! {}", words::JUDGE.say(lang)));
    }
    page.gap();
    page.choice(words::APPLY.say(lang), "");
    page.choice(words::LEAVE.say(lang), "");
}

/// The worst findings, beside the change that is shown; mere notes have their page.
pub(super) fn write_worst(page: &mut Page<'_>, findings: &[Finding], facts: &Facts) {
    let grave = findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note);
    for finding in grave.take(BESIDE) {
        let words = CleanText::new(&line(finding, facts)).shortened(LONGEST_BESIDE);
        page.tell(tone(finding.severity), words.into_string());
    }
}

/// The choice that leads to the page.
pub(super) fn door_words(findings: &[Finding], lang: Lang) -> (String, String) {
    let label = match findings.len() {
        1 => words::ONE_FINDING.say(lang).to_owned(),
        count => words::FINDINGS.fill(lang, &[&count]),
    };
    let curable = findings.iter().filter(|finding| finding.cure.is_some());
    let note = match curable.count() {
        0 => String::new(),
        count => words::CURABLE.fill(lang, &[&count]),
    };
    (label, note)
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Trouble => Tone::Trouble,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Plain,
    }
}

/// A finding in a line: its mark, its place, its words.
fn line(finding: &Finding, facts: &Facts) -> String {
    let mark = finding.severity.mark();
    let words = finding.words.say(facts.lang);
    let path = finding.path.as_deref();
    match (
        path.map(|path| short_path(path, &facts.folder)),
        finding.line,
    ) {
        (Some(path), Some(line)) => format!("{mark} {path}:{line}  {words}"),
        _ => format!("{mark} {words}"),
    }
}
