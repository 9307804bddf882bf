//! A key that the server is asked about: which ones are not even sent, what is said meanwhile, and what
//! the verdict makes of it.

use super::words;
use crate::diagnosis;
use crate::domain::account::KeyFacts;
use crate::domain::diagnosis::{Diagnosis, TroubleKind};
use crate::domain::pasted_key::Shape;
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::flow::facts::Origin;
use crate::flow::{Effect, Facts, KeyInUse, Ticket};
use crate::screens::setup::page_parts;
use crate::text::Lang;
use crate::ui::page::Page;

/// A key on its way to the server and back.
#[derive(Debug)]
pub(super) struct Checking {
    ticket: Ticket,
    secret: Secret,
    origin: Origin,
}

/// A key that was not taken.
#[derive(Debug)]
pub(super) struct Refused {
    /// Why.
    pub(super) trouble: Box<Diagnosis>,
    /// The key, where the server will not take it another time either.
    pub(super) for_good: Option<Secret>,
}

impl Checking {
    pub(super) fn new(ticket: Ticket, secret: Secret, origin: Origin) -> Self {
        Self {
            ticket,
            secret,
            origin,
        }
    }

    pub(super) fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// What the server is asked.
    pub(super) fn question(&self, facts: &Facts) -> Effect {
        Effect::CheckKey {
            ticket: self.ticket,
            secret: self.secret.clone(),
            server: facts.base_url.clone(),
        }
    }

    pub(super) fn write(&self, page: &mut Page<'_>, lang: Lang) {
        let words = words::CHECKING.fill(lang, &[&self.secret.mask()]);
        page_parts::working(page, words);
    }

    /// What the verdict makes of the key: the one in use, or a trouble.
    pub(super) fn judged(
        self,
        verdict: &Result<Option<KeyFacts>, Box<Diagnosis>>,
    ) -> Result<KeyInUse, Refused> {
        let trouble = match verdict {
            Ok(Some(known)) if known.is_management_key => {
                Box::new(diagnosis::explain(&Symptom::ManagementKey))
            }
            Ok(known) => {
                return Ok(KeyInUse {
                    secret: self.secret,
                    origin: self.origin,
                    facts: known.clone(),
                });
            }
            Err(diagnosis) => diagnosis.clone(),
        };
        let is_final = trouble.kind == TroubleKind::Auth;
        Err(Refused {
            trouble,
            for_good: is_final.then_some(self.secret),
        })
    }
}

/// Why a key is not sent at all: another vendor's key never goes to OpenRouter, and a placeholder is
/// no key. Where a server of another kind is set, only it knows what its keys look like.
pub(super) fn unfit(secret: &Secret, facts: &Facts) -> Option<Box<Diagnosis>> {
    let is_openrouter = facts.is_sandbox || facts.base_url.contains("openrouter.ai");
    let symptom = match Shape::of(secret) {
        Shape::Vendor(vendor) if is_openrouter => Symptom::WrongVendor { vendor },
        Shape::Placeholder => Symptom::PlaceholderKey,
        _ => return None,
    };
    Some(Box::new(diagnosis::explain(&symptom)))
}
