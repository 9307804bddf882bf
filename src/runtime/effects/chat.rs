//! What the chat asks of the world.

use jiff::Timestamp;

use super::{World, last_of};
use crate::domain::chat::Delta;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::spend::Purpose;
use crate::flow::code_out::CodeReview;
use crate::flow::keeping::TalkDeed;
use crate::flow::talk::{Talk, TemplateWanted};
use crate::flow::usage::Account;
use crate::flow::{Effect, Reply, Ticket};
use crate::jobs::recorder::Recorder;
use crate::jobs::{Scene, code_out, keeping, kept_talks, talk, templates, unfinished};

impl World {
    pub(super) fn list_talks(&self, ticket: Ticket, words: String) {
        self.here(move |scene| Reply::TalksListed {
            ticket,
            kept: kept_talks::list(scene, &words),
        });
    }

    pub(super) fn recall_questions(&self, ticket: Ticket, most: usize) {
        self.here(move |scene| Reply::QuestionsRecalled {
            ticket,
            questions: kept_talks::questions(scene, most),
        });
    }

    pub(super) fn load_talk(&self, ticket: Ticket, id: String) {
        self.here(move |scene| Reply::TalkLoaded {
            ticket,
            talk: kept_talks::load(scene, &id).map(|talk| talk.map(Box::new)),
        });
    }

    pub(super) fn list_templates(&self, ticket: Ticket) {
        self.here(move |scene| {
            let (templates, troubles) = templates::list(scene);
            Reply::TemplatesListed {
                ticket,
                templates,
                troubles,
            }
        });
    }

    pub(super) fn fill_template(&self, ticket: Ticket, wanted: TemplateWanted) {
        self.here(move |scene| Reply::TemplateFilled {
            ticket,
            filled: templates::fill(scene, &wanted).map_err(templates::Unfilled::said),
        });
    }

    /// Works a file out that is to be shown before it is written.
    pub(super) fn review_shown(
        &mut self,
        ticket: Ticket,
        work: impl FnOnce(&Scene) -> Result<(CodeReview, code_out::Prepared), Box<Diagnosis>>
        + Send
        + 'static,
    ) {
        let programs = self.programs.0.clone();
        self.here(move |scene| {
            let review = work(scene).map(|(review, prepared)| {
                let _ = programs.send((ticket, prepared));
                Box::new(review)
            });
            Reply::CodeReviewed { ticket, review }
        });
    }

    pub(super) fn write_code(&mut self, ticket: Ticket) {
        let Some(prepared) = last_of(&mut self.programs.1, ticket) else {
            return;
        };
        self.here(move |scene| {
            let saved = code_out::write(scene, prepared, Timestamp::now());
            Reply::CodeWritten { ticket, saved }
        });
    }

    pub(super) fn keep_talk(&mut self, deed: TalkDeed) {
        let told = keeping::Told {
            shelf: kept_talks::shelf(&self.scene),
            deed,
        };
        let replies = self.replies.clone();
        let state = self.scene.paths.state.clone();
        self.archivist.keep(told, state, move |news| {
            let _ = replies.send(match news {
                keeping::News::Trouble(said) => Reply::LedgerTrouble(said),
                keeping::News::Begun { talk, kept } => Reply::TalkBegun { talk, kept },
                keeping::News::Deleted { ticket, outcome } => {
                    Reply::TalkDeleted { ticket, outcome }
                }
            });
        });
    }

    /// Does what brings an answer, or what it cost.
    pub(super) fn see_to_answer(&mut self, effect: Effect) {
        match effect {
            Effect::Converse { ticket, talk } => self.converse(ticket, *talk),
            Effect::AskBill {
                ticket,
                account,
                generation,
            } => self.ask_bill(ticket, account, generation),
            _ => {}
        }
    }

    fn ask_bill(&mut self, ticket: Ticket, account: Account, generation: String) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        let recorder = self.chat_recorder();
        self.start(ticket, async move {
            let bill = unfinished::bill(&scene, &account, &generation, recorder.as_ref());
            let bill = bill.await;
            let _ = replies.send(Reply::BillTold { ticket, bill });
        });
    }

    /// Where requests of the chat are written down.
    pub(super) fn chat_recorder(&self) -> Option<Recorder> {
        let recorder = self.recorder.as_ref()?;
        Some(recorder.of(Purpose::Chat, self.scene.sandbox.is_some()))
    }

    fn converse(&mut self, ticket: Ticket, talk: Talk) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        let recorder = self.chat_recorder();
        self.start(ticket, async move {
            let tell = |delta: &Delta| {
                let delta = delta.clone();
                let _ = replies.send(Reply::Spoken { ticket, delta });
            };
            let ended = talk::converse(&scene, &talk, recorder.as_ref(), Timestamp::now, tell);
            let ended = ended.await;
            let _ = replies.send(Reply::SpokenOut { ticket, ended });
        });
    }
}
