//! A row of the catalogue: one known trouble.

use super::evidence::Evidence;
use super::remedy::Remedy;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Act, Diagnosis, Fix, TroubleKind};
use crate::domain::page::Page;
use crate::text::{Phrase, Said};

/// A known trouble. Its title and cause are whole sentences without evidence; what was seen in one
/// case follows them.
#[derive(Debug)]
pub struct Trouble {
    /// Its stable name, as in `onramp explain <id>` and in JSON.
    pub id: &'static str,
    /// What happened, in one line.
    pub title: Phrase,
    /// Why.
    pub cause: Phrase,
    /// Which exit code it leads to.
    pub kind: TroubleKind,
    /// What may mend it, the likeliest first.
    pub(super) remedies: &'static [Remedy],
    /// Pages that help.
    pub links: &'static [Page],
}

impl Trouble {
    /// The trouble in general, with no case at hand.
    pub fn plain(&self) -> Diagnosis {
        self.diagnose(Evidence::default(), CleanText::default())
    }

    /// The trouble in one case.
    pub(super) fn diagnose(&self, evidence: Evidence, raw: CleanText) -> Diagnosis {
        let is_elsewhere = evidence.is_elsewhere();
        let links = self.links.iter();
        let links = links.filter(|page| !(is_elsewhere && page.is_openrouters()));
        Diagnosis {
            id: self.id,
            title: self.title.into(),
            links: links.cloned().collect(),
            fixes: self.fixes(&evidence),
            cause: evidence
                .sentences
                .into_iter()
                .fold(Said::from(self.cause), Said::then),
            raw,
            kind: self.kind,
            judged_at: None,
        }
    }

    fn fixes(&self, evidence: &Evidence) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = self
            .remedies
            .iter()
            .flat_map(|remedy| remedy.fixes(evidence))
            .collect();
        // Several pages of OpenRouter's come to one piece of advice elsewhere.
        let mut seen: Vec<Fix> = Vec::new();
        fixes.retain(|fix| {
            let is_new = !seen.contains(fix);
            seen.extend(is_new.then(|| fix.clone()));
            is_new
        });
        if fixes.is_empty() && evidence.is_elsewhere() {
            fixes.push(Fix {
                words: ASK_THEM.into(),
                act: Act::Advice,
            });
        }
        let retries = fixes.iter().any(|fix| matches!(fix.act, Act::Retry(_)));
        if evidence.is_retryable && !retries {
            fixes.extend(Remedy::Retry(DEFAULT_WAIT_SECS).fixes(evidence));
        }
        fixes
    }
}

const ASK_THEM: Phrase = Phrase::new(
    "See the pages of that server, or ask whoever runs it",
    "查看该服务器自己的页面，或询问其管理者",
);

/// How long to wait where the server invites to ask again and does not say when.
const DEFAULT_WAIT_SECS: u64 = 20;
