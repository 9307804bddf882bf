//! The chat.

use std::sync::Arc;
use std::time::Duration;

use onramp::domain::chat::{AnswerHead, Delta, FinishReason, Usage};
use onramp::domain::diagnosis::Diagnosis;
use onramp::domain::figures::Known;
use onramp::domain::money::Usd;
use onramp::domain::symptom::Symptom;
use onramp::domain::token_estimate;
use onramp::flow::attach::FileNames;
use onramp::flow::talk::{Composed, Draft, TalkEnded};
use onramp::flow::{Effect, Reply, Ticket};
use onramp::keymap::{Chord, Key};

use super::start::surroundings;
use super::test::unaffordable;
use super::usage::{models, now};
use super::{Make, Rehearsal};

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    [states_of_one(), states_of_two()].concat()
}

fn states_of_one() -> Vec<(&'static str, Make)> {
    vec![
        ("chat-empty", |s| {
            s.chatting();
        }),
        ("chat-typing", |s| {
            s.chatting().paste("Explain this:\n\nfn main() {}");
        }),
        ("chat-price", |s| {
            s.answered_chat();
            s.list_models().paste("/set temperature 0.2");
            s.press(Chord::plain(Key::Enter)).paste("/max-tokens 2000");
            s.press(Chord::plain(Key::Enter)).paste("/budget 0.50");
            s.press(Chord::plain(Key::Enter)).paste("And backwards?");
            s.tell_lengths(&[512, 300, 700]);
        }),
        ("chat-nearly-full", |s| {
            s.answered_chat();
            s.list_models().paste(&"fn main() {} ".repeat(110_000));
        }),
        ("chat-commands", |s| {
            s.chatting().keys("/ m");
        }),
        ("chat-files", Rehearsal::offered_files),
        ("chat-waiting", |s| {
            s.chatting().ask("Why is the sky blue?");
        }),
        ("chat-streaming", |s| {
            s.chatting()
                .ask("Sort a list")
                .hear(started())
                .hear(Delta::Reasoning("They want a list sorted.".into()))
                .hear(Delta::Text("Use `sort`:\n\n```rust\nlet mut".into()));
            s.paste("and backwards?").press(Chord::plain(Key::Enter));
        }),
        ("chat-answered", |s| {
            s.answered_chat();
        }),
        ("chat-stopped", |s| {
            s.chatting()
                .ask("Write a novel")
                .hear(started())
                .hear(Delta::Text("Once upon a time".into()))
                .keys("esc");
        }),
        ("chat-cut", |s| {
            s.chatting()
                .ask("Write a novel")
                .hear(started())
                .hear(Delta::Text("Once upon a time".into()))
                .hear(Delta::Finished(FinishReason::Length))
                .hear(Delta::Usage(usage()))
                .answer_ends(None);
        }),
        ("chat-unaffordable", |s| {
            s.chatting()
                .ask("Write a novel")
                .answer_ends(Some(&unaffordable()));
        }),
        ("chat-mend", |s| {
            s.chatting()
                .ask("Write a novel")
                .answer_ends(Some(&unaffordable()))
                .press(Chord::alt('m'));
        }),
        ("chat-editing", |s| {
            s.answered_chat().press(Chord::alt('e'));
        }),
        ("chat-model", |s| {
            s.chatting().list_models().press(Chord::ctrl('o'));
            s.paste("claude");
        }),
        ("chat-model-loading", |s| {
            s.chatting().press(Chord::ctrl('o')).paste("claude");
        }),
        ("chat-model-no-list", Rehearsal::no_list_to_pick_from),
    ]
}

/// Two answers side by side, and one that would drive the terminal.
fn states_of_two() -> Vec<(&'static str, Make)> {
    vec![
        ("chat-compare-armed", |s| {
            s.chatting()
                .list_models()
                .paste("/compare anthropic/claude-haiku-4.5");
            s.press(Chord::plain(Key::Enter)).paste("How do I sort?");
        }),
        ("chat-pair-coming", |s| {
            s.compare()
                .hear_of(0, started())
                .hear_of(0, Delta::Text("Use `sort`:\n\n```rust\nlet mut".into()))
                .hear_of(1, Delta::Reasoning("A list.".into()));
        }),
        ("chat-pair", |s| {
            s.compared();
        }),
        ("chat-pair-broken", |s| {
            s.compare()
                .hear_of(0, Delta::Text("Use `sort`.".into()))
                .ends_of(1, 300, Some(&unaffordable()));
            s.press(Chord::plain(Key::Tab));
        }),
        ("chat-pair-alone", |s| {
            s.compared().press(Chord::alt('z'));
        }),
        ("chat-pair-chosen", |s| {
            s.compared().press(Chord::alt('.'));
        }),
        ("chat-hostile", |s| {
            s.chatting()
                .ask("x")
                .hear(Delta::Text(
                    "\u{1b}]0;owned\u{7}a\u{202e}b\u{200b}c\u{9b}31m".into(),
                ))
                .answer_ends(None);
        }),
    ]
}

pub fn started() -> Delta {
    Delta::Started(AnswerHead {
        generation_id: Some("gen-1758000000-abc".into()),
        model: Some("openai/gpt-5-mini-2025-08-07".into()),
        provider: Some("OpenAI".into()),
    })
}

pub fn usage() -> Usage {
    Usage {
        prompt_tokens: Some(1_840),
        completion_tokens: Some(512),
        reasoning_tokens: Some(128),
        cached_tokens: Some(1_024),
        cost: Usd::parse("0.0014842"),
        byok_cost: None,
    }
}

fn cheaper() -> Usage {
    Usage {
        completion_tokens: Some(96),
        reasoning_tokens: None,
        cost: Usd::parse("0.0004"),
        ..usage()
    }
}

const ANSWER: &str = "Use `sort`, or `sort_by_key` when the key is cheap:\n\n```rust src/main.rs\nlet mut names = \
    vec![\"b\", \"a\"];\nnames.sort(); // in place\n```\n\n1. It is **stable**.\n2. 它按字节顺序比较。\n\n| call | cost |\n| --- \
    | ---: |\n| `sort` | n log n |\n| `sort_unstable` | n log n |\n";

impl Rehearsal {
    /// In front of the chat.
    pub fn chatting(&mut self) -> &mut Self {
        self.looked(surroundings()).keys("3")
    }

    /// Files are offered for a name that is being typed.
    fn offered_files(&mut self) {
        self.chatting().paste("Explain ").keys("@").list_files();
        self.keys("m a");
    }

    /// A model is to be chosen, and no list of models comes.
    fn no_list_to_pick_from(&mut self) {
        let trouble = onramp::diagnosis::explain(&Symptom::NoKey);
        self.chatting().press(Chord::ctrl('o'));
        self.hear_list(Err(Box::new(trouble)));
    }

    /// The world lists the files round here, as it was asked to last.
    pub fn list_files(&mut self) -> &mut Self {
        let effects = self.effects.iter().rev();
        let found = effects.clone().find_map(|effect| match effect {
            Effect::ListFiles { ticket } => Some(*ticket),
            _ => None,
        });
        let rows = [
            ("Makefile", Some(812)),
            ("docs/", None),
            ("docs/manual.pdf", Some(1_048_576)),
            ("docs/项目 说明.md", Some(3_400)),
            ("src/", None),
            ("src/main.rs", Some(12_345)),
            ("src/map.png", Some(88_000)),
        ];
        let files = Arc::new(FileNames {
            names: rows.iter().map(|(name, _)| (*name).to_owned()).collect(),
            bytes: rows.iter().map(|(_, bytes)| *bytes).collect(),
        });
        let ticket = found.expect("the files were asked for");
        self.reply(Reply::FilesListed { ticket, files })
    }

    /// The world tells how long the last answers were of the models that it was asked about last.
    pub fn tell_lengths(&mut self, tokens: &[u64]) -> &mut Self {
        let effects = self.effects.iter().rev();
        let asked = effects.clone().find_map(|effect| match effect {
            Effect::TellLengths { ticket, models, .. } => Some((*ticket, models.clone())),
            _ => None,
        });
        let (ticket, models) = asked.expect("it was asked how long models answer");
        let lengths = models.into_iter().map(|model| (model, tokens.to_vec()));
        let lengths = lengths.collect();
        self.reply(Reply::LengthsTold { ticket, lengths })
    }

    /// The ticket of the last request of the chat.
    pub fn chat_ticket(&self) -> Ticket {
        let effects = self.effects.iter().rev();
        let found = effects.clone().find_map(|effect| match effect {
            Effect::Compose { ticket, .. } | Effect::Converse { ticket, .. } => Some(*ticket),
            _ => None,
        });
        found.expect("something was asked")
    }

    /// Types a question, sends it, and has it made ready.
    pub fn ask(&mut self, question: &str) -> &mut Self {
        self.paste(question)
            .press(Chord::plain(Key::Enter))
            .compose()
    }

    /// The last question that was to be made ready.
    fn draft(&self) -> &Draft {
        let mut effects = self.effects.iter().rev();
        let found = effects.find_map(|effect| match effect {
            Effect::Compose { draft, .. } => Some(draft),
            _ => None,
        });
        found.expect("something was asked")
    }

    /// The world made the question ready.
    pub fn compose(&mut self) -> &mut Self {
        let ticket = self.chat_ticket();
        let draft = self.draft();
        let sent = draft.text.clone();
        let composed = Box::new(Composed {
            tokens: draft.tokens_before + token_estimate::of_text(&sent),
            sent,
            media: Vec::new(),
            attached: Vec::new(),
            refused: Vec::new(),
            absent: None,
            over_budget: None,
            passed_over: vec![],
            secrets: Vec::new(),
            at: now(),
            fresh_id: "20261125T140300-abcd".into(),
            project: Some("/home/ada/shop".into()),
        });
        self.reply(Reply::Composed { ticket, composed })
    }

    /// A piece of the answer comes.
    pub fn hear(&mut self, delta: Delta) -> &mut Self {
        let ticket = self.chat_ticket();
        self.reply(Reply::Spoken { ticket, delta })
    }

    /// The answer ends.
    pub fn answer_ends(&mut self, symptom: Option<&Symptom>) -> &mut Self {
        let ticket = self.chat_ticket();
        let judged = |symptom| Diagnosis {
            judged_at: Some(now()),
            ..onramp::diagnosis::explain(symptom)
        };
        let trouble = symptom.map(|symptom| Box::new(judged(symptom)));
        let ended = TalkEnded {
            first_token: Some(Duration::from_millis(420)),
            took: Duration::from_millis(3_180),
            trouble,
        };
        self.reply(Reply::SpokenOut { ticket, ended })
    }

    /// The question fails before anything of an answer comes.
    pub fn answer_fails(&mut self, symptom: &Symptom) -> &mut Self {
        let ticket = self.chat_ticket();
        let ended = TalkEnded {
            first_token: None,
            took: Duration::from_millis(30),
            trouble: Some(Box::new(onramp::diagnosis::explain(symptom))),
        };
        self.reply(Reply::SpokenOut { ticket, ended })
    }

    /// The tickets of all questions that went to models, in their order.
    pub fn converse_tickets(&self) -> Vec<Ticket> {
        let effects = self.effects.iter();
        let found = effects.filter_map(|effect| match effect {
            Effect::Converse { ticket, .. } => Some(*ticket),
            _ => None,
        });
        found.collect()
    }

    /// A piece of the answer to the question with this number comes, from 0.
    pub fn hear_of(&mut self, number: usize, delta: Delta) -> &mut Self {
        let ticket = self.converse_tickets()[number];
        self.reply(Reply::Spoken { ticket, delta })
    }

    /// The answer to the question with this number ends, after so many milliseconds.
    pub fn ends_of(&mut self, number: usize, took: u64, symptom: Option<&Symptom>) -> &mut Self {
        let ticket = self.converse_tickets()[number];
        let trouble = symptom.map(|symptom| Box::new(onramp::diagnosis::explain(symptom)));
        let ended = TalkEnded {
            first_token: Some(Duration::from_millis(took / 8)),
            took: Duration::from_millis(took),
            trouble,
        };
        self.reply(Reply::SpokenOut { ticket, ended })
    }

    /// A question goes to two models at once.
    pub fn compare(&mut self) -> &mut Self {
        self.chatting()
            .list_models()
            .paste("/compare anthropic/claude-haiku-4.5");
        self.press(Chord::plain(Key::Enter))
            .ask("How do I sort a list?")
    }

    /// Two answers side by side, both whole.
    pub fn compared(&mut self) -> &mut Self {
        let short = "Call `sort`:\n\n```rust\nnames.sort();\n```\n";
        self.compare()
            .hear_of(0, started())
            .hear_of(0, Delta::Text(ANSWER.into()))
            .hear_of(1, Delta::Text(short.into()))
            .hear_of(0, Delta::Finished(FinishReason::Stop))
            .hear_of(0, Delta::Usage(usage()))
            .ends_of(0, 3_180, None)
            .hear_of(1, Delta::Finished(FinishReason::Stop))
            .hear_of(1, Delta::Usage(cheaper()))
            .ends_of(1, 1_240, None)
    }

    /// A question that was answered whole.
    pub fn answered_chat(&mut self) -> &mut Self {
        self.chatting()
            .ask("How do I sort a list?")
            .hear(started())
            .hear(Delta::Reasoning("They want a list sorted.".into()))
            .hear(Delta::Text(ANSWER.into()))
            .hear(Delta::Finished(FinishReason::Stop))
            .hear(Delta::Usage(usage()))
            .answer_ends(None)
    }

    /// The list of models came.
    pub fn list_models(&mut self) -> &mut Self {
        let models = Arc::new(Known {
            as_of: now(),
            value: models(),
        });
        self.hear_list(Ok(models))
    }
}
