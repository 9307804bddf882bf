//! What is kept of a conversation, and how one that is kept comes back.

use std::path::Path;

use super::state::Chat;
use super::update::{news, trouble};
use super::words;
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::{Conversation, Speaker, Turn};
use crate::domain::kept::Kept;
use crate::domain::media::MediaKind;
use crate::flow::attach::ReadAgain;
use crate::flow::keeping::TalkDeed;
use crate::flow::menu::Menu;
use crate::flow::{Effect, Fact, Facts, Intent, Reply, Step, Ticket};
use crate::screens::sheet::Given;
use crate::text::{Phrase, Said};
use crate::ui::prompt::MOST_REMEMBERED;

/// The name of the question which kept conversation is meant.
pub(super) const TALKS: &str = "talks";
/// The name of the question whether the conversation is to be deleted.
pub(super) const DELETE: &str = "delete";

/// The kept conversations that are on offer.
#[derive(Debug, Default)]
pub(super) struct OfferedTalks {
    kept: Vec<Kept>,
    /// The words that they were found by; empty: the latest.
    by: String,
}

/// Has something of a conversation kept, unless nothing is to be.
pub(super) fn keep(deed: TalkDeed, facts: &Facts) -> Step {
    if facts.talks.is_unkept {
        return Step::changed();
    }
    Step::effect(Effect::KeepTalk { deed })
}

/// From here on this conversation is meant, with the server that is asked now.
fn open(talk: Conversation, facts: &Facts) -> Step {
    let server = facts.base_url.clone();
    let talk = Box::new(talk);
    keep(TalkDeed::Open { server, talk }, facts)
}

impl Chat {
    /// A turn that was just added is kept; the first one begins the conversation in the archive.
    pub(super) fn keep_added(&self, turn: usize, facts: &Facts) -> Step {
        let added: Turn = self.talk.turns[turn].clone();
        let add = keep(TalkDeed::Add(Box::new(added)), facts);
        if turn > 0 {
            return add;
        }
        let head = Conversation {
            turns: Vec::new(),
            tip: None,
            ..self.talk.clone()
        };
        open(head, facts).then(add)
    }

    /// An answer that ended is kept whole.
    pub(super) fn keep_finished(&self, turn: usize, facts: &Facts) -> Step {
        let whole = self.talk.turns[turn].clone();
        let took = whole.reply().map_or(0, |reply| reply.took_ms);
        let took = jiff::SignedDuration::from_millis(i64::try_from(took).unwrap_or(0));
        let deed = TalkDeed::Finish {
            turn,
            at: whole.at.saturating_add(took).unwrap_or(whole.at),
            whole: Box::new(whole),
        };
        keep(deed, facts)
    }

    /// Asks for the kept conversations: the latest, or those in which words are found.
    pub(super) fn list_talks(&mut self, typed: &str) -> Step {
        typed.clone_into(&mut self.listed.by);
        let ticket = self.tickets.take();
        self.listing = Some(ticket);
        Step::effect(Effect::ListTalks {
            ticket,
            words: typed.to_owned(),
        })
    }

    /// Asks for earlier questions, so that the editor knows them. Once: they are the project's, not the conversation's.
    pub(super) fn recall_questions(&mut self, facts: &Facts) -> Step {
        if facts.talks.is_unkept || self.is_by_lines || self.recalling.is_some() {
            return Step::idle();
        }
        let ticket = self.tickets.take();
        self.recalling = Some(ticket);
        Step::effect(Effect::RecallQuestions {
            ticket,
            most: MOST_REMEMBERED,
        })
    }

    /// What the archive answers.
    pub(super) fn hear_archive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::TalksListed { ticket, kept } if self.listing == Some(*ticket) => {
                self.listing = None;
                match kept {
                    Ok(kept) => self.offer(kept.clone(), facts),
                    Err(diagnosis) => trouble(diagnosis.title.clone()),
                }
            }
            Reply::QuestionsRecalled { ticket, questions } if self.recalling == Some(*ticket) => {
                self.prompt.remember_earlier(questions);
                Step::idle()
            }
            Reply::TalkLoaded { ticket, talk } if self.listing == Some(*ticket) => {
                self.listing = None;
                self.talk_loaded(*ticket, talk, facts)
            }
            Reply::TalkDeleted { ticket, outcome } if self.deleting == Some(*ticket) => {
                self.deleting = None;
                match outcome {
                    Ok(()) => {
                        let gone = Intent::Adopt(Fact::Talk(None));
                        news(words::TALK_DELETED).and_intent(gone)
                    }
                    Err(diagnosis) => trouble(diagnosis.title.clone()),
                }
            }
            Reply::TalkBegun { talk, kept } if self.talk.id == *talk => {
                self.kept_id = Some(kept.clone());
                Step::intent(Intent::Adopt(Fact::Talk(Some(kept.clone()))))
            }
            _ => Step::idle(),
        }
    }

    fn offer(&mut self, kept: Vec<Kept>, facts: &Facts) -> Step {
        let by = self.listed.by.as_str();
        if kept.is_empty() && (self.is_by_lines || by.is_empty()) {
            return trouble(words::NO_TALKS);
        }
        let mut menu = Menu::new(TALKS, words::TALKS);
        if !self.is_by_lines {
            menu = menu.found_by(by);
        }
        if kept.is_empty() {
            menu = menu.say(words::NO_TALKS);
        }
        for talk in &kept {
            menu = menu.answer(Said::verbatim(&talk.title), Some(about(talk, facts)));
        }
        self.listed.kept = kept;
        Step::intent(Intent::Ask(menu))
    }

    /// One of the list was chosen, or other words are looked for.
    pub(super) fn take_talk(&mut self, given: &Given) -> Step {
        let choice = match given {
            Given::Choice(choice) => *choice,
            Given::Text(words) => return self.list_talks(words),
            Given::Nothing => {
                // What is still being looked for is for nobody any more.
                self.listing = None;
                return Step::idle();
            }
        };
        let Some(talk) = self.listed.kept.get(choice) else {
            return Step::idle();
        };
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let id = talk.id.clone();
        let ticket = self.tickets.take();
        self.listing = Some(ticket);
        Step::effect(Effect::LoadTalk { ticket, id })
    }

    pub(super) fn resume_talk(&mut self, talk: Conversation, facts: &Facts) -> Step {
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let left = self.leave_talk(facts);
        self.talk = talk;
        self.kept_id = Some(self.talk.id.clone());
        self.find_limits();
        self.told.show_from(0, self.talk.turns.len());
        for turn in &self.talk.turns {
            if turn.reply().is_none() {
                self.prompt.remember(&turn.text);
            }
        }
        self.show_branch(facts);
        self.take_terms(facts);
        let opened = open(self.talk.clone(), facts);
        let resumed = left.then(opened).then(self.ask_for_media());
        // Nothing is added to it where nothing is kept.
        let kept = self.kept_id.clone().filter(|_| !facts.talks.is_unkept);
        let resumed = resumed.then(self.await_earlier_bills());
        resumed.and_intent(Intent::Adopt(Fact::Talk(kept)))
    }

    /// It goes on with the model of its last answer, as that was asked for. What was wished of privacy since then, in any
    /// conversation, stays.
    fn take_terms(&mut self, facts: &Facts) {
        let shown = self.talk.branch();
        let mut replies = shown
            .iter()
            .rev()
            .filter_map(|&turn| self.talk.turns[turn].reply());
        let last = replies.next();
        let model = last.map(|reply| reply.asked.clone());
        let terms = last.map(|reply| reply.terms.clone()).unwrap_or_default();
        self.wishes.model = model.filter(|model| !model.is_empty() && *model != facts.model);
        self.wishes.terms = terms.at_least_as_private_as(&self.wishes.terms);
    }

    /// Has the pictures and documents of earlier questions read again: they are sent with each further one.
    fn ask_for_media(&mut self) -> Step {
        let turns = self.talk.turns.iter().enumerate();
        let wanted = turns.filter_map(|(number, turn)| {
            let Speaker::Person { attached, .. } = &turn.speaker else {
                return None;
            };
            let names = attached.iter();
            let names = names.filter(|name| MediaKind::by_name(name).is_some());
            let names: Vec<String> = names.cloned().collect();
            (!names.is_empty()).then_some((number, names))
        });
        let wanted: Vec<(usize, Vec<String>)> = wanted.collect();
        if wanted.is_empty() {
            return Step::idle();
        }
        let ticket = self.tickets.take();
        self.reading = Some(ticket);
        Step::effect(Effect::ReadAgain {
            ticket,
            project: self.talk.project.clone(),
            wanted,
        })
    }

    /// They were read, as far as they are there; what is missing is said.
    pub(super) fn read_again(&mut self, ticket: Ticket, again: &ReadAgain) -> Step {
        if self.reading != Some(ticket) {
            return Step::idle();
        }
        self.reading = None;
        self.media.extend(again.media.iter().cloned());
        if again.missing.is_empty() {
            return Step::idle();
        }
        let names = crate::domain::clean_text::CleanText::line(&again.missing.join(", "));
        trouble(Said::new(words::MISSING_MEDIA, &[&names]))
    }

    /// Gives the conversation another title.
    pub(super) fn rename(&mut self, title: &str, facts: &Facts) -> Step {
        if facts.talks.is_unkept {
            return trouble(words::IS_UNKEPT);
        }
        if title.is_empty() || self.talk.turns.is_empty() {
            return trouble(words::NO_TITLE);
        }
        title.clone_into(&mut self.talk.title);
        let renamed = keep(TalkDeed::Title(title.to_owned()), facts);
        let shown = crate::domain::clean_text::CleanText::line(title);
        renamed.then(news(Said::new(words::RENAMED, &[&shown])))
    }

    /// Asks whether this conversation is to be deleted for good.
    pub(super) fn ask_delete(&self) -> Step {
        if self.kept_id.is_none() {
            return trouble(words::NOT_KEPT_YET);
        }
        let title = crate::domain::clean_text::CleanText::line(&self.talk.title);
        let menu = Menu::new(DELETE, words::DELETE_TITLE)
            .say(Said::new(words::DELETE_WHAT, &[&title]))
            .answer(words::KEEP_IT, None)
            .answer(words::DELETE_IT, None)
            .yes(1);
        Step::intent(Intent::Ask(menu))
    }

    /// The answer to that.
    pub(super) fn deleted(&mut self, given: &Given, facts: &Facts) -> Step {
        let (Given::Choice(1), Some(id)) = (given, self.kept_id.clone()) else {
            return Step::idle();
        };
        let anew = self.begin_anew(facts);
        let ticket = self.tickets.take();
        self.deleting = Some(ticket);
        // Also where nothing is kept: one that was resumed is there.
        let deed = TalkDeed::Delete { ticket, id };
        anew.and_effect(Effect::KeepTalk { deed })
    }
}

/// When it was, how long it is, and what it cost.
fn about(talk: &Kept, facts: &Facts) -> Said {
    const OF_PROJECT: Phrase = Phrase::new("{} · {}", "{} · {}");
    const ONE: Phrase = Phrase::new("{} UTC · {} message · {}", "{} UTC · {} 条 · {}");
    const MORE: Phrase = Phrase::new("{} UTC · {} messages · {}", "{} UTC · {} 条 · {}");
    let at = talk.touched.strftime("%Y-%m-%d %H:%M").to_string();
    let cost = talk
        .cost
        .map_or_else(|| "-".to_owned(), |cost| cost.to_string());
    let about = Phrase::counted(talk.turns, ONE, MORE);
    let about = Said::new(about, &[&at, &talk.turns, &cost]);
    let project = talk.project.as_ref().map(|root| Path::new(root.as_str()));
    let elsewhere = project.filter(|root| !facts.folder.starts_with(root));
    match elsewhere.and_then(Path::file_name) {
        Some(name) => {
            let name = Said::verbatim(CleanText::line(&name.to_string_lossy()));
            Said::joined(OF_PROJECT, &[name, about])
        }
        None => about,
    }
}
