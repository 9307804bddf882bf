//! What the usage screen asks of the world.

use std::sync::Arc;

use jiff::Timestamp;

use super::World;
use crate::domain::figures::Gathered;
use crate::flow::usage::{Account, LedgerQuestion};
use crate::flow::{Effect, Reply, Ticket};
use crate::insight::alerts::Thresholds;
use crate::jobs::usage;

impl World {
    pub(super) fn see_to_usage(&mut self, effect: Effect) {
        match effect {
            Effect::SumOwnUsage { ticket, account } => {
                self.here(move |scene| Reply::OwnUsageSummed {
                    ticket,
                    own: Box::new(usage::own_usage(scene, &account, Timestamp::now())),
                });
            }
            Effect::LearnUsage {
                ticket,
                account,
                thresholds,
                model,
                recalls,
            } => self.learn_usage(ticket, account, (thresholds, model), recalls),
            Effect::ExportUsage(export) => {
                self.here(move |scene| Reply::UsageExported(usage::export(scene, &export)));
            }
            Effect::AskLedger {
                ticket,
                account,
                question,
            } => self.ask_ledger(ticket, account, question),
            _ => {}
        }
    }

    fn learn_usage(
        &mut self,
        ticket: Ticket,
        account: Account,
        (thresholds, model): (Thresholds, String),
        recalls: bool,
    ) {
        let replies = self.replies.clone();
        let looks = Arc::clone(&self.looks);
        let scene = self.scene.clone();
        let recorder = self.chat_recorder();
        self.start(ticket, async move {
            let tell = |told| {
                let told = Box::new(told);
                let _ = replies.send(Reply::UsageLearned { ticket, told });
            };
            let now = Timestamp::now();
            let wanted = usage::Wanted {
                account: &account,
                thresholds: &thresholds,
                model: Some(&model),
            };
            // Figures that were kept tell it, too, while the server says nothing.
            let hear = |gathered: &Gathered| {
                let kept = gathered.figures.is_simulated.then_some(true);
                if let Some(says_simulated) = gathered.says_simulated.or(kept) {
                    let server = account.server.clone();
                    let _ = replies.send(Reply::ServerHeard {
                        server,
                        says_simulated,
                    });
                }
            };
            if recalls {
                let told = usage::recall(&scene, wanted, now);
                hear(&told.gathered);
                tell(told);
            }
            let mut looks = looks.lock().await;
            let recorder = recorder.as_ref();
            let told = looks.learn(&scene, wanted, recorder, now, tell).await;
            hear(&told.gathered);
            tell(told);
        });
    }

    fn ask_ledger(&self, ticket: Ticket, account: Account, question: LedgerQuestion) {
        self.here(move |scene| Reply::LedgerTold {
            ticket,
            requests: usage::requests(scene, &account, &question, Timestamp::now()),
        });
    }
}
