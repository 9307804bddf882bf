//! What every known server says, told in one way.

use proptest::prelude::*;

use super::*;
use crate::domain::chat::FinishReason;
use crate::openrouter::sse::SseParser;

fn reader() -> AnswerReader {
    AnswerReader::new(&HeaderMap::new(), Timestamp::UNIX_EPOCH, &Scrub::default())
}

fn hear(reader: &mut AnswerReader, stream: &str) -> Vec<Delta> {
    let (mut parser, mut items, mut deltas) = (SseParser::default(), Vec::new(), Vec::new());
    parser.push(stream.as_bytes(), &mut items).unwrap();
    for item in std::mem::take(&mut items) {
        reader.item(item, &mut deltas);
    }
    parser.finish(&mut items);
    reader.begin_rest();
    for item in items {
        reader.item(item, &mut deltas);
    }
    reader.end(&mut deltas);
    deltas
}

fn heard(stream: &str) -> Vec<Delta> {
    hear(&mut reader(), stream)
}

/// Each line as an event.
fn events(lines: &[&str]) -> Vec<Delta> {
    let mut stream = String::new();
    for line in lines {
        stream.push_str(&format!("data: {line}\n\n"));
    }
    heard(&stream)
}

fn text(piece: &str) -> Delta {
    Delta::Text(piece.into())
}

fn started(id: &str, model: &str, provider: &str) -> Delta {
    let word = |text: &str| Some(CleanText::from(text)).filter(|text| !text.is_empty());
    Delta::Started(AnswerHead {
        generation_id: word(id),
        model: word(model),
        provider: word(provider),
    })
}

const UNNAMED: Delta = Delta::Started(AnswerHead {
    generation_id: None,
    model: None,
    provider: None,
});
const STOP: Delta = Delta::Finished(FinishReason::Stop);

fn cut(had_text: bool) -> Delta {
    Delta::Broke(Box::new(Symptom::StreamCut {
        had_text,
        detail: "it ended before the model said that it was done".into(),
    }))
}

/// The refusal that broke the stream, as status and words.
fn broken_by(deltas: &[Delta]) -> (u16, String, bool) {
    let Some(Delta::Broke(symptom)) = deltas.last() else {
        panic!("{deltas:?}");
    };
    match &**symptom {
        Symptom::Refused(refusal) => (
            refusal.status,
            refusal.message.to_string(),
            refusal.mid_stream,
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_documented_stream_is_told_once_and_in_order() {
    let head =
        r#""id":"gen-1","provider":"Anthropic","model":"a/b","object":"chat.completion.chunk""#;
    let stream = format!(
        r#": OPENROUTER PROCESSING

data: {{{head},"choices":[{{"index":0,"delta":{{"role":"assistant","content":""}},"finish_reason":null}}]}}

data: {{{head},"choices":[{{"index":0,"delta":{{"content":"","reasoning":"Two options","reasoning_details":[{{"type":"reasoning.text","text":"Two options","format":"x","index":0}}]}},"finish_reason":null}}]}}

data: {{{head},"choices":[{{"index":0,"delta":{{"role":"assistant","content":"fn main() {{"}},"finish_reason":null}}]}}

data: {{{head},"choices":[{{"index":0,"delta":{{"content":"}}"}},"finish_reason":"stop","native_finish_reason":"end_turn"}}]}}

data: {{{head},"choices":[{{"index":0,"delta":{{}},"finish_reason":null}}],"usage":{{"prompt_tokens":812,"completion_tokens":45,"cost":0.003111,"prompt_tokens_details":{{"cached_tokens":512}},"completion_tokens_details":{{"reasoning_tokens":18}}}}}}

data: [DONE]

data: {{"never":"read"}}

"#
    );
    let usage = Usage {
        prompt_tokens: Some(812),
        completion_tokens: Some(45),
        reasoning_tokens: Some(18),
        cached_tokens: Some(512),
        cost: crate::domain::money::Usd::parse("0.003111"),
        byok_cost: None,
    };
    assert_eq!(
        heard(&stream),
        [
            Delta::KeepAlive,
            started("gen-1", "a/b", "Anthropic"),
            Delta::Reasoning("Two options".into()),
            text("fn main() {}"),
            STOP,
            Delta::Usage(usage),
            Delta::Done,
        ]
    );
}

#[test]
fn an_end_without_done_is_an_end_only_after_a_finish_reason() {
    let said = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#;
    assert_eq!(events(&[said]), [UNNAMED, text("a"), STOP, Delta::Done]);
    for unfinished in [
        r#"{"choices":[{"delta":{"content":"a"},"finish_reason":null}]}"#,
        r#"{"choices":[{"delta":{"content":"a"},"finish_reason":""}]}"#,
        r#"{"choices":[{"delta":{"content":"a"}}]}"#,
        r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"None"}]}"#,
    ] {
        assert_eq!(events(&[unfinished]), [UNNAMED, text("a"), cut(true)]);
    }
    assert_eq!(heard(": hello\n\n"), [Delta::KeepAlive, cut(false)]);
    assert_eq!(heard("data: [DONE]"), [Delta::Done]);
}

#[test]
fn reasoning_is_told_once_whatever_it_is_called() {
    let thought = |delta: &str| {
        let line = format!(r#"{{"choices":[{{"delta":{delta}}}]}}"#);
        match events(&[&line, "[DONE]"]).as_slice() {
            [_, Delta::Reasoning(thought), Delta::Done] => thought.clone(),
            other => panic!("{delta}: {other:?}"),
        }
    };
    assert_eq!(thought(r#"{"content":null,"reasoning_content":"a"}"#), "a");
    assert_eq!(thought(r#"{"reasoning":"b","reasoning_content":"b"}"#), "b");
    assert_eq!(thought(r#"{"reasoning":"","reasoning_content":"c"}"#), "c");
    assert_eq!(
        thought(
            r#"{"reasoning":"d","reasoning_details":[{"type":"reasoning.encrypted","data":"x"}]}"#
        ),
        "d"
    );
    assert_eq!(
        thought(
            r#"{"reasoning":"e","reasoning_details":[{"summary":"e1"},{"text":"e2"},{"text":null}]}"#
        ),
        "e1e2"
    );
}

#[test]
fn an_error_inside_a_stream_breaks_it_after_what_was_said() {
    let said = r#"{"choices":[{"delta":{"content":"a"}}]}"#;
    for (error, status, words) in [
        (
            r#"{"id":"g","error":{"code":502,"message":"Provider disconnected unexpectedly","metadata":{"error_type":"provider_unavailable"}},"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#,
            502,
            "Provider disconnected unexpectedly",
        ),
        (
            r#"{"error":{"code":"server_error","message":"b"}}"#,
            500,
            "b",
        ),
        (r#"{"error":{"code":"429","message":"c"}}"#, 429, "c"),
        (r#"{"error":"d"}"#, 200, "d"),
        (r#"{"detail":"e"}"#, 200, "e"),
        (r#"{"object":"error","message":"f","code":400}"#, 400, "f"),
        (
            r#"{"choices":[{"delta":{},"error":{"code":503,"message":"g"},"finish_reason":"error"}]}"#,
            503,
            "g",
        ),
    ] {
        let deltas = events(&[said, error, "[DONE]"]);
        assert_eq!(deltas[..2], [UNNAMED, text("a")], "{error}");
        assert_eq!(deltas.len(), 3, "{deltas:?}");
        assert_eq!(broken_by(&deltas), (status, words.into(), true));
    }
}

#[test]
fn errors_that_are_no_events_break_it_too() {
    let said = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n";
    for (line, status, words) in [
        ("error: {\"code\":500,\"message\":\"a\"}", 500, "a"),
        (
            "error: {\"error\":{\"code\":400,\"message\":\"b\"}}",
            400,
            "b",
        ),
        ("{\"error\":{\"code\":503,\"message\":\"c\"}}", 503, "c"),
        ("event: error\ndata: {\"message\":\"d\"}", 200, "d"),
        ("event: error\ndata: plain words", 200, "plain words"),
    ] {
        let deltas = heard(&format!("{said}{line}\n\ndata: [DONE]\n\n"));
        assert_eq!(broken_by(&deltas), (status, words.into(), true), "{line}");
    }
}

#[test]
fn an_event_that_the_end_tears_is_a_cut_and_is_shown() {
    let whole = r#"{"choices":[{"delta":{"content":"a"}}]}"#;
    let deltas = heard(&format!("data: {whole}\n\ndata: {{\"choices\":[{{\"del"));
    let Some(Delta::Broke(symptom)) = deltas.last() else {
        panic!("{deltas:?}");
    };
    let expected = Symptom::StreamCut {
        had_text: true,
        detail: "a torn event: {\"choices\":[{\"del".into(),
    };
    assert_eq!(**symptom, expected);
}

#[test]
fn what_is_no_event_is_told_from_a_torn_one() {
    for garbage in ["{nonsense", "null", "7", "{\"choices\":[{\"del"] {
        let deltas = events(&[r#"{"choices":[{"delta":{"content":"a"}}]}"#, garbage]);
        let Some(Delta::Broke(symptom)) = deltas.last() else {
            panic!("{deltas:?}");
        };
        let expected = Symptom::StreamCut {
            had_text: true,
            detail: CleanText::line(&format!("{NO_EVENT}: {garbage}")),
        };
        assert_eq!(**symptom, expected);
    }
}

#[test]
fn usage_is_told_once_at_the_end_wherever_it_came() {
    let usage = |prompt, completion| {
        Delta::Usage(Usage {
            prompt_tokens: Some(prompt),
            completion_tokens: Some(completion),
            ..Usage::default()
        })
    };
    let running = [
        r#"{"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"#,
        r#"{"choices":[{"delta":{"content":"b"},"finish_reason":"length"}],"usage":{"completion_tokens":2}}"#,
        r#"{"choices":[],"usage":null}"#,
    ];
    assert_eq!(
        events(&running),
        [
            UNNAMED,
            text("ab"),
            Delta::Finished(FinishReason::Length),
            usage(5, 2),
            Delta::Done,
        ]
    );
    let broken = [r#"{"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":0}}"#];
    assert_eq!(events(&broken), [UNNAMED, usage(5, 0), cut(false)]);
}

#[test]
fn quirks_of_compatible_servers_are_understood() {
    for (server, line, expected) in [
        (
            "llama.cpp",
            r#"{"choices":[{"delta":{"role":"assistant","content":null}}],"timings":{"x":1}}"#,
            vec![UNNAMED],
        ),
        (
            "parts",
            r#"{"choices":[{"delta":{"content":[{"type":"text","text":"a"}]}}]}"#,
            vec![UNNAMED, text("a")],
        ),
        (
            "message for delta",
            r#"{"choices":[{"message":{"content":"a"}}]}"#,
            vec![UNNAMED, text("a")],
        ),
        (
            "refusal",
            r#"{"choices":[{"delta":{"refusal":"I cannot"}}]}"#,
            vec![UNNAMED, text("I cannot")],
        ),
        (
            "no choices",
            r#"{"id":"g","openrouter_metadata":{}}"#,
            vec![started("g", "", "")],
        ),
        (
            "odd types",
            r#"{"id":7,"choices":[null,{"index":"0","delta":5},{"index":1,"delta":{"content":"no"}}]}"#,
            vec![started("7", "", "")],
        ),
        (
            "null error",
            r#"{"error":null,"choices":[{"index":3,"delta":{"content":"a"}},{"index":4,"delta":{"content":"b"}}]}"#,
            vec![UNNAMED, text("a")],
        ),
        (
            "half an emoji",
            r#"{"choices":[{"delta":{"content":"\ud83d"}}]}"#,
            vec![UNNAMED, text("\u{fffd}")],
        ),
    ] {
        let mut expected = expected;
        expected.push(Delta::Done);
        assert_eq!(events(&[line, "", "[DONE]"]), expected, "{server}");
    }
}

#[test]
fn a_tool_call_is_told_by_its_name_once() {
    let deltas = events(&[
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c","function":{"name":"search","arguments":""}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"search","arguments":"{}"}}]}}]}"#,
        r#"{"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"name":"search"}}]},"finish_reason":"tool_calls"}]}"#,
    ]);
    let call = || Delta::ToolCall("search".into());
    let finished = Delta::Finished(FinishReason::ToolCalls);
    assert_eq!(deltas, [UNNAMED, call(), call(), finished, Delta::Done]);
}

#[test]
fn a_whole_answer_is_told_like_a_stream() {
    let whole = |json: &str| {
        let mut deltas = Vec::new();
        reader().whole(json, &mut deltas).unwrap();
        deltas
    };
    let answer = "\n \n{\"id\":\"g\",\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\
                  \"message\":{\"content\":\"a\",\"reasoning\":null}}],\"usage\":{\"prompt_tokens\":1}}";
    let usage = Usage {
        prompt_tokens: Some(1),
        ..Usage::default()
    };
    assert_eq!(
        whole(answer),
        [
            started("g", "m", ""),
            text("a"),
            STOP,
            Delta::Usage(usage),
            Delta::Done,
        ]
    );
    let error = whole(r#"{"error":{"code":402,"message":"no money"},"user_id":"user_x"}"#);
    assert_eq!(broken_by(&error), (402, "no money".into(), false));
    let partial = whole(
        r#"{"choices":[{"message":{"content":"a"},"finish_reason":"error","error":{"code":502,"message":"gone"}}]}"#,
    );
    assert_eq!(partial[..2], [UNNAMED, text("a")]);
    assert_eq!(broken_by(&partial), (502, "gone".into(), false));
    let other = whole(r#"{"hello":1}"#);
    assert!(
        matches!(&other[..], [Delta::Broke(seen)] if matches!(**seen, Symptom::Misshapen { .. }))
    );
}

#[test]
fn trouble_after_the_finish_costs_nothing_of_the_answer() {
    let lost = || Symptom::Network {
        trouble: NetworkTrouble::Reset,
        host: "h".into(),
        proxy: None,
        detail: "closed".into(),
        ignored: Vec::new(),
    };
    let after = |line: &str| {
        let mut reader = reader();
        let mut deltas = Vec::new();
        reader.item(
            SseItem::Event {
                name: String::new(),
                data: line.into(),
            },
            &mut deltas,
        );
        reader.fail(lost(), &mut deltas);
        deltas.pop().unwrap()
    };
    let finished = after(r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#);
    assert_eq!(finished, Delta::Done);
    let begun = after(r#"{"choices":[{"delta":{"content":"a"}}]}"#);
    let expected = Symptom::StreamCut {
        had_text: true,
        detail: "connection closed: closed".into(),
    };
    assert_eq!(begun, Delta::Broke(Box::new(expected)));
    // A model that has said nothing yet has begun, too.
    let thinking = after(r#"{"id":"gen-1","choices":[{"delta":{"content":""}}]}"#);
    let expected = Symptom::StreamCut {
        had_text: false,
        detail: "connection closed: closed".into(),
    };
    assert_eq!(thinking, Delta::Broke(Box::new(expected)));
    assert_eq!(after("{}"), Delta::Broke(Box::new(lost())));
}

#[test]
fn an_id_in_the_header_serves_where_the_chunks_have_none() {
    let headers = [("x-generation-id", "gen-9")]
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .into_iter()
        .collect();
    let mut reader = AnswerReader::new(&headers, Timestamp::UNIX_EPOCH, &Scrub::default());
    let deltas = hear(&mut reader, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n");
    assert_eq!(deltas, [started("gen-9", "", ""), Delta::Done]);
}

proptest! {
    #[test]
    fn no_stream_breaks_the_reader_and_every_stream_ends_once(
        lines in proptest::collection::vec(
            prop_oneof![
                ".{0,40}",
                Just(r#"{"choices":[{"delta":{"content":"a"}}]}"#.to_owned()),
                Just(r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#.to_owned()),
                Just(r#"{"usage":{"cost":"1e-7"}}"#.to_owned()),
                Just(r#"{"error":{"code":"429"}}"#.to_owned()),
                Just("[DONE]".to_owned()),
            ],
            0..8,
        ),
    ) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let deltas = events(&lines);
        let is_last = |delta: &Delta| matches!(delta, Delta::Done | Delta::Broke(_));
        prop_assert_eq!(deltas.iter().filter(|delta| is_last(delta)).count(), 1);
        prop_assert!(deltas.last().is_some_and(is_last));
    }
}
