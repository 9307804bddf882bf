//! What an answer took and cost, in one line.

use super::words;
use crate::diagnosis;
use crate::domain::conversation::{Reply, ReplyState};
use crate::flow::answer_figures;
use crate::text::Lang;

/// The line under an answer: who answered, how long it took, what it cost, and whether it is whole.
pub(super) fn line(reply: &Reply, lang: Lang) -> String {
    parts(answer_figures::parts(reply, lang), reply, lang)
}

/// The same with the time from the request to the end: what one compares two answers by.
pub(super) fn with_time(reply: &Reply, lang: Lang) -> String {
    parts(answer_figures::with_time(reply, lang), reply, lang)
}

fn parts(mut parts: Vec<String>, reply: &Reply, lang: Lang) -> String {
    let state = match &reply.state {
        ReplyState::Whole => None,
        ReplyState::Odd(word) => {
            parts.push(words::ODD.fill(lang, &[&word.shortened(40)]));
            None
        }
        // Of an answer that is coming there are no figures yet.
        ReplyState::Coming => Some(words::ENDED),
        ReplyState::Cut => Some(words::CUT),
        ReplyState::Stopped => Some(words::STOPPED),
        ReplyState::Filtered => Some(words::FILTERED),
        ReplyState::Broken(_) => Some(match reply.failed_at_once() {
            Some(id) if diagnosis::costs_nothing(id) => words::NOT_ANSWERED,
            Some(_) => words::NO_ANSWER,
            None => words::BROKEN,
        }),
    };
    parts.extend(state.map(|state| state.say(lang).to_owned()));
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Usd;

    #[test]
    fn an_answer_tells_what_it_took() {
        let reply = Reply {
            provider: Some("OpenAI".into()),
            prompt_tokens: Some(1_840),
            completion_tokens: Some(512),
            cost: Usd::parse("0.0014842"),
            first_token_ms: Some(420),
            took_ms: 3_180,
            state: ReplyState::Whole,
            ..Reply::default()
        };
        assert_eq!(
            line(&reply, Lang::En),
            "OpenAI · 1,840 in, 512 out · $0.0015 · first word 420 ms · 185 tokens/s"
        );
        assert_eq!(
            with_time(&reply, Lang::En),
            "OpenAI · 1,840 in, 512 out · $0.0015 · first word 420 ms · all 3.1 s · 185 tokens/s"
        );
        let stopped = Reply {
            generation_id: Some("gen-1".into()),
            state: ReplyState::Stopped,
            ..Reply::default()
        };
        assert_eq!(line(&stopped, Lang::En), "cost pending · stopped");
        let odd = Reply {
            state: ReplyState::Odd("function_call".into()),
            ..Reply::default()
        };
        let expected = "cost not told · ended oddly: function_call; /continue goes on";
        assert_eq!(line(&odd, Lang::En), expected);
    }
}
