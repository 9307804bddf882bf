//! Asking a model, and listening to its answer.

use std::collections::VecDeque;

use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING};

use super::answer::AnswerReader;
use super::client::OpenRouter;
use super::sse::{SseItem, SseParser};
use super::transport::{Arriving, Awaited};
use super::wire::chat_body::{ChatBody, Speaks};
use crate::domain::chat::{Answer, AnswerHead, ChatRequest, Delta};
use crate::domain::symptom::{Symptom, Whose};

/// The largest answer that is not a stream, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;
/// As much as is kept of a body to show what it was, in bytes.
const BEGINNING: usize = 4096;

impl OpenRouter {
    /// Asks, and streams the answer. Never repeats the request by itself: an answer costs money.
    /// Dropping the stream cancels it. Source: `POST /chat/completions`, `stream: true`.
    pub async fn chat(&self, request: &ChatRequest) -> Result<ChatStream, Symptom> {
        self.ask(request, true).await
    }

    /// Asks for an answer that comes in one piece; its id may come before it.
    /// Source: `POST /chat/completions`, `stream: false`.
    pub async fn chat_at_once(&self, request: &ChatRequest) -> Result<ChatStream, Symptom> {
        self.ask(request, false).await
    }

    /// Asks, and waits for the whole answer. Source: `POST /chat/completions`, `stream: false`.
    pub async fn complete(&self, request: &ChatRequest) -> Result<Answer, Symptom> {
        let mut stream = self.chat_at_once(request).await?;
        let mut answer = Answer::default();
        while let Some(delta) = stream.next().await {
            match delta {
                Delta::Broke(symptom) => return Err(*symptom),
                delta => answer.absorb(delta),
            }
        }
        Ok(answer)
    }

    async fn ask(&self, request: &ChatRequest, streams: bool) -> Result<ChatStream, Symptom> {
        self.needs_key()?;
        let body = ChatBody::of(request, streams, self.speaks(request).await);
        let request = self
            .request(Method::POST, &["chat", "completions"])
            .await?
            .headers(self.attribution());
        let request = self.authorized(request).json(&body);
        let (request, awaited) = if streams {
            // A compressed stream may wait in a buffer until there is more to compress.
            let request = request
                .header(ACCEPT, "text/event-stream, application/json")
                .header(ACCEPT_ENCODING, "identity");
            (request, Awaited::Soon)
        } else {
            (request.header(ACCEPT, "application/json"), Awaited::Whole)
        };
        let arriving = self.transport().send(request, awaited).await?;
        if !(200..300).contains(&arriving.status()) {
            return Err(arriving.whole(LARGEST).await?.refused());
        }
        Ok(ChatStream::of(arriving))
    }

    /// The dialect of a request. Only one that wishes what OpenRouter alone has makes it worth a question.
    async fn speaks(&self, request: &ChatRequest) -> Speaks {
        let tuning = &request.tuning;
        let is_plain = request.only_openrouters().is_empty()
            && tuning.thinking.is_none()
            && !tuning.hides_reasoning;
        match self.base() {
            base if base.is_openai() => Speaks::OpenAi,
            base if base.is_openrouter() => Speaks::OpenRouter,
            _ if !is_plain && self.speaks_openrouter().await => Speaks::OpenRouter,
            _ => Speaks::Compatible,
        }
    }
}

/// An answer on its way. Its last delta is [`Delta::Done`] or [`Delta::Broke`].
#[derive(Debug)]
pub struct ChatStream {
    /// `None` once nothing more can come: the connection is given back.
    arriving: Option<Arriving>,
    form: Form,
    /// The first bytes, to show what came instead of an answer.
    beginning: Vec<u8>,
    reader: AnswerReader,
    deltas: VecDeque<Delta>,
    whose: Whose,
}

/// What the body turns out to be. The content type does not decide it: servers stream under any,
/// and answer with plain JSON under `text/event-stream`.
#[derive(Debug)]
enum Form {
    /// Only blanks so far.
    Unknown,
    /// An event stream; whether an event or a comment was met in it.
    Events { parser: SseParser, has_events: bool },
    /// JSON or a page, complete at its end.
    Whole(Vec<u8>),
}

impl ChatStream {
    fn of(arriving: Arriving) -> Self {
        let reader = AnswerReader::new(arriving.headers(), arriving.received(), arriving.scrub());
        Self {
            whose: arriving.whose(),
            arriving: Some(arriving),
            form: Form::Unknown,
            beginning: Vec::new(),
            reader,
            deltas: VecDeque::new(),
        }
    }

    /// Who answers, as far as the headers tell, before anything was said; `None` where they tell nothing.
    pub fn head(&self) -> Option<AnswerHead> {
        self.reader.head()
    }

    /// The next thing that happens; `None` after the last one. May be dropped while it waits, and
    /// nothing is lost.
    pub async fn next(&mut self) -> Option<Delta> {
        loop {
            if let Some(delta) = self.deltas.pop_front() {
                return Some(delta);
            }
            let chunk = self.arriving.as_mut()?.chunk().await;
            let mut deltas = Vec::new();
            match chunk {
                Ok(Some(bytes)) => self.take_in(bytes.as_ref(), &mut deltas),
                Ok(None) => self.end(&mut deltas),
                Err(symptom) => self.reader.fail(symptom, &mut deltas),
            }
            let whose = self.whose;
            self.deltas
                .extend(deltas.into_iter().map(|delta| match delta {
                    Delta::Broke(symptom) => Delta::Broke(Box::new(symptom.met_at(whose))),
                    delta => delta,
                }));
            if self.reader.is_over() {
                self.arriving = None;
            }
        }
    }

    fn take_in(&mut self, bytes: &[u8], deltas: &mut Vec<Delta>) {
        let room = BEGINNING.saturating_sub(self.beginning.len());
        self.beginning.extend(bytes.iter().take(room));
        let bytes = match self.form {
            Form::Unknown => self.recognise(bytes),
            _ => bytes,
        };
        match &mut self.form {
            Form::Unknown => {}
            Form::Events { parser, has_events } => {
                let mut items = Vec::new();
                let read = parser.push(bytes, &mut items);
                *has_events |= items.iter().any(is_event);
                if let Some(arriving) = self.arriving.as_mut().filter(|_| !items.is_empty()) {
                    arriving.came_on();
                }
                for item in items {
                    self.reader.item(item, deltas);
                }
                if let Err(too_long) = read
                    && !self.reader.is_over()
                {
                    self.reader.cut(&too_long.to_string(), deltas);
                }
            }
            Form::Whole(body) if body.len() + bytes.len() > LARGEST => {
                self.reader.cut("larger than any answer", deltas);
            }
            Form::Whole(body) => body.extend_from_slice(bytes),
        }
    }

    /// Tells by the first byte that is no blank what this is; gives back the bytes from there on.
    fn recognise<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let is_blank = |byte: &u8| byte.is_ascii_whitespace() || b"\xef\xbb\xbf".contains(byte);
        let start = bytes.iter().position(|byte| !is_blank(byte));
        let (_, rest) = bytes.split_at(start.unwrap_or(bytes.len()));
        match rest.first() {
            None => {}
            Some(b'{' | b'[' | b'<') => self.form = Form::Whole(Vec::new()),
            Some(_) => {
                self.form = Form::Events {
                    parser: SseParser::default(),
                    has_events: false,
                }
            }
        }
        rest
    }

    fn end(&mut self, deltas: &mut Vec<Delta>) {
        match std::mem::replace(&mut self.form, Form::Unknown) {
            Form::Unknown => self.end_without_answer(deltas),
            Form::Whole(body) => self.end_whole(&body, deltas),
            Form::Events {
                mut parser,
                has_events,
            } => {
                let mut items = Vec::new();
                parser.finish(&mut items);
                let has_events = has_events || items.iter().any(is_event);
                self.reader.begin_rest();
                for item in items {
                    self.reader.item(item, deltas);
                }
                if has_events {
                    self.reader.end(deltas);
                } else {
                    self.end_without_answer(deltas);
                }
            }
        }
    }

    fn end_whole(&mut self, body: &[u8], deltas: &mut Vec<Delta>) {
        let text = String::from_utf8_lossy(body).into_owned();
        if let Err(error) = self.reader.whole(&text, deltas)
            && let Some(arriving) = &self.arriving
        {
            let symptom = arriving.as_whole(text).unreadable(&error);
            self.reader.fail(symptom, deltas);
        }
    }

    /// What came was neither events nor JSON.
    fn end_without_answer(&mut self, deltas: &mut Vec<Delta>) {
        if let Some(arriving) = &self.arriving {
            let text = String::from_utf8_lossy(&self.beginning).into_owned();
            let symptom = arriving.as_whole(text).not_json();
            self.reader.fail(symptom, deltas);
        }
    }
}

fn is_event(item: &SseItem) -> bool {
    !matches!(item, SseItem::Stray(_))
}
