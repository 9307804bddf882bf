//! One request of the ledger, whole.

use std::time::Duration;

use crate::domain::clean_text::CleanText;
use crate::domain::count::grouped;
use crate::domain::spend::{LOST, Outcome, Recorded};
use crate::flow::note::Note;
use crate::text::{Phrase, Said};

const DONE: Phrase = Phrase::new("done", "完成");
const STOPPED: Phrase = Phrase::new("stopped", "已停止");
const RUNNING: Phrase = Phrase::new("running", "进行中");
const FAILED: Phrase = Phrase::new("failed", "失败");
const UNKNOWN_END: Phrase = Phrase::new("end not known", "结局不明");

/// How it ended, in a word.
pub(super) fn outcome_word(outcome: &Outcome) -> Phrase {
    match outcome {
        Outcome::Done => DONE,
        Outcome::Stopped => STOPPED,
        Outcome::Running => RUNNING,
        Outcome::Failed(reason) if reason.as_str() == LOST => UNKNOWN_END,
        Outcome::Failed(_) => FAILED,
    }
}

/// Why it failed, by the name of the trouble.
pub(super) fn reason(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Failed(reason) if reason.as_str() != LOST => Some(reason.as_str()),
        _ => None,
    }
}

/// How it ended, and why.
fn outcome_said(outcome: &Outcome) -> Said {
    const FAILED_BY: Phrase = Phrase::new("failed: {}", "失败：{}");
    match reason(outcome) {
        Some(reason) => Said::new(FAILED_BY, &[&reason]),
        None => outcome_word(outcome).into(),
    }
}

/// Everything the ledger knows of it.
pub(super) fn note(request: &Recorded) -> Note {
    const TITLE: Phrase = Phrase::new("A request of {} UTC", "{} UTC 的一次请求");
    const OUTCOME: Phrase = Phrase::new("outcome", "结果");
    const ASKED: Phrase = Phrase::new("model asked", "请求的模型");
    const ANSWERED: Phrase = Phrase::new("model that answered", "实际应答的模型");
    const PROVIDER: Phrase = Phrase::new("provider", "供应商");
    const IN: Phrase = Phrase::new("tokens in", "输入 token");
    const CACHED: Phrase = Phrase::new("of these from a cache", "其中来自缓存");
    const OUT: Phrase = Phrase::new("tokens out", "输出 token");
    const REASONING: Phrase = Phrase::new("of these reasoning", "其中推理");
    const COST: Phrase = Phrase::new("cost", "花费");
    const OWN_KEY: Phrase = Phrase::new("on your own provider key", "自带密钥花费");
    const FIRST: Phrase = Phrase::new("first token after", "首个 token");
    const TOOK: Phrase = Phrase::new("took", "用时");
    const GENERATION: Phrase = Phrase::new("generation id", "生成编号");
    const PURPOSE: Phrase = Phrase::new("made for", "用途");
    const PROJECT: Phrase = Phrase::new("project", "项目");
    const SERVER: Phrase = Phrase::new("server", "服务器");
    let (begun, ending) = (&request.begun, &request.ending);
    let at = begun.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let mut note = Note::new(Said::new(TITLE, &[&at]));
    note.fact(OUTCOME, outcome_said(&ending.outcome));
    note.fact(ASKED, Said::verbatim(CleanText::line(&begun.model)));
    told(
        &mut note,
        ANSWERED,
        ending.model.as_ref().map(ToString::to_string),
    );
    told(
        &mut note,
        PROVIDER,
        ending.provider.as_ref().map(ToString::to_string),
    );
    told(&mut note, IN, ending.prompt_tokens.map(grouped));
    told(&mut note, CACHED, ending.cached_tokens.map(grouped));
    told(&mut note, OUT, ending.completion_tokens.map(grouped));
    told(&mut note, REASONING, ending.reasoning_tokens.map(grouped));
    if let Some(cost) = cost_said(request) {
        note.fact(COST, cost);
    }
    let own = ending.byok_cost.map(|cost| cost.decimal().normalize());
    told(&mut note, OWN_KEY, own.map(|cost| format!("${cost}")));
    told(&mut note, FIRST, ending.first_token.map(seconds));
    let took = (!ending.took.is_zero()).then(|| seconds(ending.took));
    told(&mut note, TOOK, took);
    told(
        &mut note,
        GENERATION,
        ending.generation_id.as_ref().map(ToString::to_string),
    );
    told(&mut note, PURPOSE, Some(begun.purpose.name().to_owned()));
    let project = begun.project.as_deref().map(CleanText::line);
    told(&mut note, PROJECT, project.map(CleanText::into_string));
    told(
        &mut note,
        SERVER,
        Some(CleanText::line(&begun.server).into_string()),
    );
    note
}

fn told(note: &mut Note, name: Phrase, value: Option<String>) {
    if let Some(value) = value {
        note.fact(name, Said::verbatim(value));
    }
}

/// What it cost; where that is not known, whether it may still be. `None`: nothing was to be paid for.
fn cost_said(request: &Recorded) -> Option<Said> {
    const NOT_YET: Phrase = Phrase::new("not known yet", "尚未得知");
    const NEVER: Phrase = Phrase::new("not told", "未被告知");
    let ending = &request.ending;
    if let Some(cost) = ending.cost {
        return Some(Said::verbatim(format!("${}", cost.decimal().normalize())));
    }
    if request.is_open {
        return Some(NOT_YET.into());
    }
    let is_lost = outcome_word(&ending.outcome) == UNKNOWN_END;
    (is_lost || ending.generation_id.is_some()).then(|| NEVER.into())
}

fn seconds(span: Duration) -> String {
    format!("{:.2} s", span.as_secs_f64())
}
