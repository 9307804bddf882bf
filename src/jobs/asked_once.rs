//! Asks about a key once where two want to know at the same time: while the figures are asked for, the wizard proves the
//! very key that it found.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;

use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::openrouter::{Dialect, OpenRouter};

/// So long after a question was begun its answer does for the other one who asks.
const AT_THE_SAME_TIME: Duration = Duration::from_secs(2);

/// Who asks. Nobody is given what he asked himself: whoever asks again wants to know how it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// Whoever proves a key.
    Proof,
    /// Whoever wants the figures.
    Figures,
}

/// Who was asked about which key last. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct AskedOnce(Arc<Mutex<Option<Asked>>>);

/// A client that knows its server by now, and what it heard.
type Heard = (OpenRouter, Result<Dialect, Symptom>);

#[derive(Debug)]
struct Asked {
    by: Asker,
    server: String,
    /// The key's hash.
    key: Option<String>,
    begun: Instant,
    heard: Arc<OnceCell<Heard>>,
}

impl AskedOnce {
    /// What [`OpenRouter::identify`] brings, and the client that asked: this one, or that of another who asked the same
    /// of the same server a moment ago. `key` is the client's.
    pub async fn identify(&self, client: OpenRouter, key: Option<&Secret>, by: Asker) -> Heard {
        let heard = self.heard(&client, key, by);
        let ask = async || {
            let dialect = client.identify().await;
            (client.clone(), dialect)
        };
        heard.get_or_init(ask).await.clone()
    }

    fn heard(&self, client: &OpenRouter, key: Option<&Secret>, by: Asker) -> Arc<OnceCell<Heard>> {
        let server = client.base().to_string();
        let key = key.map(Secret::hash);
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = last.take_if(|asked| {
            let is_same = asked.server == server && asked.key == key;
            is_same && asked.by != by && asked.begun.elapsed() < AT_THE_SAME_TIME
        });
        if let Some(asked) = same {
            return asked.heard;
        }
        let heard = Arc::default();
        *last = Some(Asked {
            by,
            server,
            key,
            begun: Instant::now(),
            heard: Arc::clone(&heard),
        });
        heard
    }
}
