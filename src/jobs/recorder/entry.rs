//! One request on its way into the ledger.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::oneshot;

use super::{Recorder, Word};
use crate::diagnosis;
use crate::domain::chat::{AnswerHead, ChatRequest};
use crate::domain::clean_text::CleanText;
use crate::domain::spend::{Ending, NewRequest, Outcome};
use crate::domain::symptom::Symptom;
use crate::jobs::answer::Heard;
use crate::openrouter::OpenRouter;

/// How long a request waits until it is written down. A millisecond is the rule; a ledger that takes
/// longer is locked or its disk is slow, and the answer is worth more.
const PATIENCE: Duration = Duration::from_millis(500);

/// One request on its way into the ledger, or into none. One that is dropped before it ended was stopped.
pub(in crate::jobs) struct Entry(Option<Open>);

struct Open {
    recorder: Recorder,
    number: u64,
    /// Knows the secrets that must not be written.
    client: OpenRouter,
    began: Instant,
    first_token: Option<Duration>,
    written: Option<oneshot::Receiver<()>>,
}

impl Entry {
    /// Tells of a request that is about to leave.
    pub(in crate::jobs) fn begin(
        recorder: Option<&Recorder>,
        client: &OpenRouter,
        request: &ChatRequest,
    ) -> Self {
        let Some(recorder) = recorder else {
            return Self(None);
        };
        let (confirm, written) = oneshot::channel();
        let number = recorder.next_number();
        let begun = NewRequest {
            at: Timestamp::now(),
            purpose: recorder.purpose,
            // The one who writes knows the folder, and may look for its project.
            project: None,
            server: recorder.server(client),
            model: client.without_secrets(&request.model).into_string(),
        };
        recorder.tell(Word::Begun(number, Box::new(begun), confirm));
        Self(Some(Open {
            recorder: recorder.clone(),
            number,
            client: client.clone(),
            began: Instant::now(),
            first_token: None,
            written: Some(written),
        }))
    }

    /// Waits until the request is written down: from then on not even a killed program loses it.
    pub(in crate::jobs) async fn written(&mut self) {
        let Some(open) = &mut self.0 else { return };
        if let Some(written) = open.written.take() {
            let _ = tokio::time::timeout(PATIENCE, written).await;
        }
        open.began = Instant::now();
    }

    /// Somebody answers.
    pub(in crate::jobs) fn started(&self, head: &AnswerHead) {
        let Some(open) = &self.0 else { return };
        let head = open.scrubbed(head);
        open.recorder.tell(Word::Started(open.number, head));
    }

    /// A piece of text or reasoning came.
    pub(in crate::jobs) fn spoke(&mut self) {
        if let Some(open) = &mut self.0 {
            let began = open.began;
            open.first_token.get_or_insert_with(|| began.elapsed());
        }
    }

    /// The request ended: whole, or with this symptom.
    pub(in crate::jobs) fn ended(mut self, heard: &Heard, symptom: Option<&Symptom>) {
        let Some(open) = self.0.take() else { return };
        let outcome = symptom.map_or(Outcome::Done, |symptom| {
            Outcome::Failed(CleanText::line(diagnosis::explain(symptom).id))
        });
        let who = open.scrubbed(&heard.answer.head);
        let usage = heard.usage();
        open.end(Ending {
            outcome,
            generation_id: who.generation_id,
            model: who.model,
            provider: who.provider,
            prompt_tokens: usage.prompt_tokens,
            completion_tokens: usage.completion_tokens,
            reasoning_tokens: usage.reasoning_tokens,
            cached_tokens: usage.cached_tokens,
            cost: usage.cost,
            byok_cost: usage.byok_cost,
            first_token: heard.first_token,
            took: match symptom {
                // As the answer itself is told.
                None => heard.took,
                Some(_) => open.began.elapsed(),
            },
        });
    }
}

impl Open {
    fn end(&self, ending: Ending) {
        let word = Word::Ended(self.number, Box::new(ending));
        self.recorder.tell(word);
    }

    /// A server may echo anything that was sent to it.
    fn scrubbed(&self, head: &AnswerHead) -> AnswerHead {
        let scrub = |text: &Option<CleanText>| {
            let text = text.as_deref()?;
            Some(self.client.without_secrets(text))
        };
        AnswerHead {
            generation_id: scrub(&head.generation_id),
            model: scrub(&head.model),
            provider: scrub(&head.provider),
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        if let Some(open) = self.0.take() {
            open.end(Ending {
                first_token: open.first_token,
                took: open.began.elapsed(),
                ..Ending::of(Outcome::Stopped)
            });
        }
    }
}
