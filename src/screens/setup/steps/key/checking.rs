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
    key: Candidate,
}

/// A key that was not taken.
#[derive(Debug)]
pub(super) struct Refused {
    /// Why.
    pub(super) trouble: Box<Diagnosis>,
    /// Whether it may be taken another time.
    pub(super) chance: Chance,
}

/// Whether a key that was not taken may be taken another time.
#[derive(Debug)]
pub(super) enum Chance {
    /// The server knows the key and will not take it.
    None(Secret),
    /// Nothing was said about the key itself.
    Again(Candidate),
}

/// A key that could be asked about.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) secret: Secret,
    pub(super) origin: Origin,
}

impl Checking {
    pub(super) fn new(ticket: Ticket, key: Candidate) -> Self {
        Self { ticket, key }
    }

    pub(super) fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// What the server is asked.
    pub(super) fn question(&self, facts: &Facts) -> Effect {
        Effect::CheckKey {
            ticket: self.ticket,
            secret: self.key.secret.clone(),
            server: facts.base_url.clone(),
        }
    }

    pub(super) fn write(&self, page: &mut Page<'_>, lang: Lang) {
        let words = words::CHECKING.fill(lang, &[&self.key.secret.mask()]);
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
                    secret: self.key.secret,
                    origin: self.key.origin,
                    facts: known.clone(),
                });
            }
            Err(diagnosis) => diagnosis.clone(),
        };
        let chance = if trouble.kind == TroubleKind::Auth {
            Chance::None(self.key.secret)
        } else {
            Chance::Again(self.key)
        };
        Err(Refused { trouble, chance })
    }
}

/// Why a key is not sent at all: another vendor's key never goes to OpenRouter, and a placeholder is
/// no key. Where a server of another kind is set, only it knows what its keys look like.
pub(super) fn unfit(secret: &Secret, facts: &Facts) -> Option<Box<Diagnosis>> {
    let is_openrouter = page_parts::has_openrouters_pages(facts);
    let symptom = match Shape::of(secret) {
        Shape::Vendor(vendor) if is_openrouter => Symptom::WrongVendor { vendor },
        Shape::Placeholder => Symptom::PlaceholderKey,
        _ => return None,
    };
    Some(Box::new(diagnosis::explain(&symptom)))
}
