//! Templates of questions: listed, filled, and put into the editor, where they are read before they are sent.

use super::completion::{Candidate, Completion};
use super::state::Chat;
use super::update::{news, trouble};
use super::words;
use crate::controls::fuzzy::Matcher;
use crate::domain::template::{Filled, Listed, Origin};
use crate::flow::menu::Menu;
use crate::flow::note::Note;
use crate::flow::talk::TemplateWanted;
use crate::flow::{Effect, Facts, Intent, Reply, Step, Ticket};
use crate::screens::sheet::Given;
use crate::text::{Lang, Said};

/// The name of the question which template is meant.
pub(super) const TEMPLATES: &str = "templates";
/// The name of the question whether what was made of one is to be sent.
pub(super) const FILLED: &str = "filled";
/// What stands before the name of a template.
const COMMAND: &str = "/template ";
/// So many troubles are told.
const MOST_TOLD: usize = 3;

/// Templates, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Templates {
    listed: Vec<Listed>,
    /// The world was asked which there are.
    listing: Option<Ticket>,
    /// One is being filled. What is known of the others comes all the same.
    filling: Option<Ticket>,
    /// The person wants to choose one.
    is_choosing: bool,
    /// A question that was filled where there is no editor: it is sent after a yes.
    filled: Option<String>,
}

impl Templates {
    /// The person waits for what comes of `/template`.
    pub(super) fn is_awaited(&self) -> bool {
        self.is_choosing || self.filling.is_some()
    }

    /// The templates whose name may be meant by what is typed.
    pub(super) fn names(
        &self,
        before: &str,
        matcher: &mut Matcher,
        lang: Lang,
    ) -> Option<Completion> {
        let typed = before.strip_prefix(COMMAND)?;
        if typed.contains(char::is_whitespace) {
            return None;
        }
        let listed = &self.listed;
        let names: Vec<&str> = listed.iter().map(|it| it.name.as_str()).collect();
        let found = matcher.rank(typed, &names).into_iter();
        let candidates = found.map(|at| Candidate {
            text: format!("{} ", listed[at].name),
            note: about(&listed[at]).say(lang),
        });
        Completion::of(typed.chars().count(), candidates)
    }
}

impl Chat {
    /// Learns which there are, for the completion.
    pub(super) fn learn_templates(&mut self) -> Step {
        let ticket = self.tickets.take();
        self.templates.listing = Some(ticket);
        Step::effect(Effect::ListTemplates { ticket })
    }

    /// `/template [NAME [WORDS]]`: one by its name, else a choice of all.
    pub(super) fn template(&mut self, typed: &str, facts: &Facts) -> Step {
        if typed.is_empty() {
            self.templates.is_choosing = true;
            self.templates.filling = None;
            return self.learn_templates();
        }
        let (name, input) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        self.fill_template(name, input.trim(), facts)
    }

    fn fill_template(&mut self, name: &str, input: &str, facts: &Facts) -> Step {
        let ticket = self.tickets.take();
        self.templates.filling = Some(ticket);
        self.templates.is_choosing = false;
        Step::effect(Effect::FillTemplate {
            ticket,
            wanted: TemplateWanted {
                name: name.to_owned(),
                typed: input.to_owned(),
                piped: String::new(),
                sources: Vec::new(),
                lang: facts.lang,
            },
        })
    }

    /// What the world says of them.
    pub(super) fn hear_templates(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::TemplatesListed {
                ticket,
                templates,
                troubles,
            } if self.templates.listing == Some(*ticket) => {
                self.templates.listing = None;
                self.templates.listed.clone_from(templates);
                if std::mem::take(&mut self.templates.is_choosing) {
                    return offer(templates, troubles);
                }
                if !self.prompt.before_caret().starts_with(COMMAND) {
                    return Step::idle();
                }
                // Somebody was faster than the disk.
                self.typed(facts)
            }
            Reply::TemplateFilled { ticket, filled } if self.templates.filling == Some(*ticket) => {
                self.templates.filling = None;
                match filled {
                    Ok(filled) => self.take_filled(filled),
                    Err(said) => trouble(said.clone()),
                }
            }
            _ => Step::idle(),
        }
    }

    /// One was chosen.
    pub(super) fn take_template(&mut self, given: &Given, facts: &Facts) -> Step {
        let Given::Choice(choice) = given else {
            return Step::idle();
        };
        let Some(template) = self.templates.listed.get(*choice) else {
            return Step::idle();
        };
        let name = template.name.clone();
        self.fill_template(&name, "", facts)
    }

    /// It is not sent: the person reads it first, and sends it.
    fn take_filled(&mut self, filled: &Filled) -> Step {
        if self.is_by_lines {
            return self.ask_filled(filled);
        }
        if self.prompt.is_empty() {
            self.set_prompt(&filled.sent);
        } else {
            self.prompt.paste(&filled.sent);
            self.offer_nothing();
        }
        let told = news(if filled.wants_input {
            words::TEMPLATE_TO_COMPLETE
        } else {
            words::TEMPLATE_FILLED
        });
        if filled.origin != Origin::Project {
            return told;
        }
        // The editor shows a part of a long text only.
        let mut note = Note::new(words::TEMPLATE_OF_PROJECT);
        note.say(Said::verbatim(&filled.text));
        if let Some(said) = filled.unseen_said() {
            note.say(said);
        }
        told.and_intent(Intent::ShowNote(note))
    }

    /// The same by lines: it is said, and sent after a yes.
    fn ask_filled(&mut self, filled: &Filled) -> Step {
        if filled.wants_input {
            return trouble(words::TEMPLATE_WANTS_WORDS);
        }
        self.templates.filled = Some(filled.sent.clone());
        let title = match filled.origin {
            Origin::Project => words::TEMPLATE_OF_PROJECT,
            Origin::Own | Origin::BuiltIn => words::BEFORE_SENDING,
        };
        let mut menu = Menu::new(FILLED, title).say(Said::verbatim(&filled.text));
        if let Some(said) = filled.unseen_said() {
            menu = menu.say(said);
        }
        let menu = menu.answer(words::GO_BACK, None);
        Step::intent(Intent::Ask(menu.answer(words::SEND_IT, None).yes(1)))
    }

    /// The answer to that.
    pub(super) fn send_filled(&mut self, given: &Given, facts: &Facts) -> Step {
        match self.templates.filled.take() {
            Some(text) if *given == Given::Choice(1) => self.submit(text, facts),
            _ => Step::changed(),
        }
    }
}

fn offer(templates: &[Listed], troubles: &[Said]) -> Step {
    let mut menu = Menu::new(TEMPLATES, words::TEMPLATES);
    for said in troubles.iter().take(MOST_TOLD) {
        menu = menu.say(said.clone());
    }
    for template in templates {
        menu = menu.answer(Said::verbatim(&template.name), Some(about(template)));
    }
    Step::intent(Intent::Ask(menu))
}

/// What it is for, and whose it is where it is not the program's.
fn about(template: &Listed) -> Said {
    let whose = match template.origin {
        Origin::BuiltIn => return template.about.clone(),
        Origin::Own => words::TEMPLATE_OWN,
        Origin::Project => words::TEMPLATE_FOREIGN,
    };
    Said::joined(whose, std::slice::from_ref(&template.about))
}
