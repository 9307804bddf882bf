//! Code of an answer into files: each shown against what is there, and written only after a yes.

use super::state::Chat;
use super::update::{news, trouble};
use super::words;
use crate::domain::code_block::CodeBlock;
use crate::flow::code_out::{CodePlan, CodeReview, CodeSaved};
use crate::flow::keeping::TalkExport;
use crate::flow::menu::Menu;
use crate::flow::{Effect, Fact, Facts, Intent, Reply, Step, Ticket};
use crate::text::{Phrase, Said};

/// The name of the question whether a file is to be written as it is shown.
pub(super) const WRITE: &str = "write";
/// The same where something about it is doubtful.
pub(super) const WRITE_DOUBTFUL: &str = "write-doubtful";

/// Files that are being written, one after the other.
#[derive(Debug, Default)]
pub(super) struct Saving {
    /// The change that is being worked out, shown or written.
    at: Option<Ticket>,
    /// What comes after it, the next one last.
    rest: Vec<CodePlan>,
}

impl Chat {
    /// `/save [NUMBER] [PATH]`: one block, by its number or the one in sight, to the path it is given or
    /// names itself.
    pub(super) fn save(&mut self, typed: &str) -> Step {
        let (number, path) = match typed.split_once(char::is_whitespace) {
            Some((number, path)) if number.parse::<usize>().is_ok() => (number, path.trim()),
            _ if typed.parse::<usize>().is_ok() => (typed, ""),
            _ => ("", typed),
        };
        let Some(block) = self.code(number) else {
            return trouble(words::NO_CODE);
        };
        let named = (!path.is_empty()).then(|| path.to_owned());
        if let Some(path) = named.or_else(|| block.path.clone()) {
            return self.review(vec![CodePlan {
                path,
                code: block.code,
                is_unfinished: block.is_unfinished,
            }]);
        }
        // The path is all that is missing: the person goes on typing.
        let number = if number.is_empty() {
            self.number_of(&block).to_string()
        } else {
            number.to_owned()
        };
        self.set_prompt(&format!("/save {number} "));
        news(words::WHERE_TO)
    }

    /// A file is being looked at, asked about or written.
    pub(super) fn is_saving(&self) -> bool {
        self.saving.at.is_some()
    }

    /// What was to be written is not.
    pub(super) fn leave_saving(&mut self) {
        self.saving = Saving::default();
    }

    fn number_of(&self, block: &CodeBlock) -> usize {
        let at = self.codes().iter().rposition(|other| other == block);
        at.map_or(1, |at| at + 1)
    }

    /// `/save-all`: every block that carries a file's name; of several for one file the last counts.
    pub(super) fn save_all(&mut self) -> Step {
        let mut plans: Vec<CodePlan> = Vec::new();
        for block in self.codes() {
            let is_change = matches!(block.lang.as_deref(), Some("diff" | "patch"));
            if let Some(path) = block.path.filter(|_| !is_change) {
                plans.retain(|plan| plan.path != path);
                plans.push(CodePlan {
                    path,
                    code: block.code,
                    is_unfinished: block.is_unfinished,
                });
            }
        }
        if plans.is_empty() {
            return trouble(words::NO_NAMED_CODE);
        }
        plans.reverse();
        self.review(plans)
    }

    /// `/export [PATH]`: the branch on show as Markdown; all of it as JSON where the path ends so.
    pub(super) fn export(&mut self, path: &str, facts: &Facts) -> Step {
        if self.talk.turns.is_empty() {
            return trouble(words::NOTHING_TO_EXPORT);
        }
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let mut talk = self.talk.clone();
        if let Some(id) = &self.kept_id {
            talk.id.clone_from(id);
        }
        let ticket = self.tickets.take();
        self.saving = Saving {
            at: Some(ticket),
            rest: Vec::new(),
        };
        let export = TalkExport {
            talk: Box::new(talk),
            server: facts.base_url.clone(),
            lang: facts.lang,
            path: (!path.is_empty()).then(|| path.to_owned()),
        };
        Step::effect(Effect::ReviewTalk { ticket, export })
    }

    fn review(&mut self, mut plans: Vec<CodePlan>) -> Step {
        let Some(plan) = plans.pop() else {
            self.saving = Saving::default();
            return Step::changed();
        };
        let ticket = self.tickets.take();
        self.saving = Saving {
            at: Some(ticket),
            rest: plans,
        };
        Step::effect(Effect::ReviewCode { ticket, plan })
    }

    /// What the world says of it.
    pub(super) fn hear_files(&mut self, reply: &Reply) -> Step {
        match reply {
            Reply::CodeReviewed { ticket, review } if self.saving.at == Some(*ticket) => {
                match review {
                    Ok(review) if review.is_unchanged => {
                        let said = Said::new(words::IS_SO, &[&review.shown]);
                        news(said).then(self.go_on_saving())
                    }
                    Ok(review) => ask(review),
                    Err(diagnosis) => {
                        let said = trouble(diagnosis.title.clone());
                        said.then(self.go_on_saving())
                    }
                }
            }
            Reply::CodeWritten { ticket, saved } if self.saving.at == Some(*ticket) => {
                match saved {
                    Ok(CodeSaved { shown, .. }) => {
                        let said = Said::new(words::WROTE, &[shown]);
                        let wrote = Fact::Wrote(said.clone());
                        let told = news(said).and_intent(Intent::Adopt(wrote));
                        told.then(self.go_on_saving())
                    }
                    Err(diagnosis) => trouble(diagnosis.title.clone()).then(self.go_on_saving()),
                }
            }
            _ => Step::idle(),
        }
    }

    /// The answer to whether a file is to be written.
    pub(super) fn write(&mut self, is_yes: bool) -> Step {
        match self.saving.at {
            Some(ticket) if is_yes => Step::effect(Effect::WriteCode { ticket }),
            Some(_) => self.go_on_saving(),
            None => Step::idle(),
        }
    }

    fn go_on_saving(&mut self) -> Step {
        let rest = std::mem::take(&mut self.saving.rest);
        self.review(rest)
    }
}

/// Shows the change and asks whether it is to be made. What is doubtful is not done by Enter alone.
fn ask(review: &CodeReview) -> Step {
    let lines = Phrase::counted(review.added as u64, words::ONE_LINE, words::LINES);
    let sums = Said::new(lines, &[&review.added, &review.removed]);
    let mut menu = Menu::new(
        if review.doubts.is_empty() {
            WRITE
        } else {
            WRITE_DOUBTFUL
        },
        Said::verbatim(&review.shown),
    )
    .say(sums)
    .about(review.change.clone());
    for doubt in &review.doubts {
        menu = menu.say(doubt.said());
    }
    let (write, leave) = (words::WRITE_IT, words::LEAVE_IT);
    let menu = if review.doubts.is_empty() {
        menu.answer(write, None).answer(leave, None).yes(0)
    } else {
        menu.answer(leave, None).answer(write, None).yes(1)
    };
    Step::intent(Intent::Ask(menu))
}
