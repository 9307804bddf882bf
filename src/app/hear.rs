//! What the world says: to the app first, then to every screen.

use super::model::App;
use super::update::Outcome;
use crate::domain::page::Page as WebPage;
use crate::flow::{Effect, Notice, Reply};
use crate::text::{Phrase, Said};

impl App {
    pub(super) fn receive(&mut self, reply: &Reply) -> Outcome {
        // What another server lists says nothing about this one, which was asked since.
        if matches!(reply, Reply::ModelsListed { server, .. } if *server != self.facts.base_url) {
            return Outcome::default();
        }
        let own = self.hear(reply);
        let mut heard = own;
        for screen in 0..self.screens.len() {
            let step = self.screens[screen].screen.receive(reply, &self.facts);
            let outcome = self.follow(step, screen);
            heard.join(outcome);
        }
        heard
    }

    /// What the app itself makes of a reply.
    fn hear(&mut self, reply: &Reply) -> Outcome {
        const OPENED: Phrase = Phrase::new("opened in the browser: {}", "已在浏览器中打开：{}");
        const NOT_OPENED: Phrase = Phrase::new(
            "no browser could be opened; the address is {}",
            "无法打开浏览器，地址是 {}",
        );
        const SANDBOX: Phrase = Phrase::new(
            "the sandbox answers from here on: nothing is real money",
            "现在由沙盒应答：不涉及真实费用",
        );
        const COPIED: Phrase = Phrase::new("copied", "已复制");
        const COPIED_UNSEEN_ONE: Phrase = Phrase::new(
            "copied, with 1 control or invisible character in it",
            "已复制，其中含 1 个控制字符或不可见字符",
        );
        const COPIED_UNSEEN: Phrase = Phrase::new(
            "copied, with {} control or invisible characters in it",
            "已复制，其中含 {} 个控制字符或不可见字符",
        );
        const NOT_COPIED: Phrase = Phrase::new(
            "no clipboard can be reached from here",
            "这里无法访问剪贴板",
        );
        let mut effects = Vec::new();
        match reply {
            Reply::PageOpened { page, opened } => {
                let words = if *opened { OPENED } else { NOT_OPENED };
                let said = Said::new(words, &[&shown_url(page)]);
                self.notice = Some(if *opened {
                    Notice::news(said)
                } else {
                    Notice::trouble(said)
                });
            }
            Reply::SandboxStarted {
                base_url: Ok(base_url),
            } => {
                self.facts.is_sandbox = true;
                self.facts.key = None;
                self.turn_to(base_url);
                self.notice = Some(Notice::news(SANDBOX));
                effects.push(self.list_models());
            }
            Reply::SandboxStarted {
                base_url: Err(diagnosis),
            } => {
                self.notice = Some(Notice::trouble(diagnosis.title.clone()));
            }
            Reply::ModelsListed { listed, .. } => {
                self.is_listing = false;
                if let Ok(models) = listed {
                    self.facts.models = Some(models.clone());
                }
                for laid in &mut self.overlays {
                    laid.overlay.hear_list(listed);
                }
            }
            Reply::Copied { unseen: 0 } => self.notice = Some(Notice::news(COPIED)),
            Reply::Copied { unseen } => {
                let phrase = Phrase::counted(*unseen as u64, COPIED_UNSEEN_ONE, COPIED_UNSEEN);
                self.notice = Some(Notice::trouble(Said::new(phrase, &[unseen])));
            }
            Reply::NotCopied => self.notice = Some(Notice::trouble(NOT_COPIED)),
            Reply::LedgerTrouble(said) => self.notice = Some(Notice::trouble(said.clone())),
            // An address is taken over once a key was accepted there.
            Reply::KeyChecked {
                server,
                verdict: Ok(_),
                ..
            } => effects.extend(self.turn_to(server)),
            Reply::ServerHeard {
                server,
                says_simulated,
            } if *server == self.facts.base_url => {
                self.facts.says_simulated = Some(*says_simulated);
            }
            Reply::Surroundings(around) => {
                if let Some(server) = &around.server {
                    effects.extend(self.turn_to(server));
                }
                if let Some(zone) = &around.zone {
                    self.facts.zone.clone_from(zone);
                }
                self.facts.talks.rules.clone_from(&around.memory.rules);
                if let Some(model) = &around.memory.model {
                    self.facts.model.clone_from(model);
                }
            }
            _ => return Outcome::default(),
        }
        Outcome {
            effects,
            is_changed: true,
        }
    }

    /// Requests go to this server from here on: what another one said of itself, and its list, is forgotten, and
    /// who had that list, or waits for it, gets the one of this server.
    pub(super) fn turn_to(&mut self, server: &str) -> Option<Effect> {
        if self.facts.base_url == server {
            return None;
        }
        server.clone_into(&mut self.facts.base_url);
        self.facts.says_simulated = None;
        let is_wanted = self.facts.models.take().is_some() || self.is_listing;
        is_wanted.then(|| self.list_models())
    }
}

/// An address for a notice: a sign-in's query says nothing to a person.
fn shown_url(page: &WebPage) -> String {
    let url = page.url();
    url.split('?').next().unwrap_or(&url).to_owned()
}
