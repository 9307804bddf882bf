//! A rotation in words, for the command line and the screen alike: the plan, each step, the end.

use std::path::Path;

use super::{Ended, Outcome, Plan, Progress, Refused, Resumed, Retire, Step, shown};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::insight::reset;
use crate::jobs::scene::Scene;
use crate::text::{Phrase, Said};

/// What will be done, a line each.
pub fn plan(scene: &Scene, plan: &Plan) -> Vec<Said> {
    const OLD: Phrase = Phrase::new("old key    {}  {}", "旧密钥  {}  {}");
    const FILE: Phrase = Phrase::new("write      {} line {}: {}", "写入    {} 第 {} 行：{}");
    const STORE: Phrase = Phrase::new("write      onramp's own store", "写入    onramp 的存储");
    const THEN_TEST: Phrase = Phrase::new(
        "then       test the successor on the server",
        "然后    在服务器上测试新密钥",
    );
    const THEN_DISABLE: Phrase =
        Phrase::new("at last    switch the old key off", "最后    停用旧密钥");
    const THEN_DELETE: Phrase = Phrase::new(
        "at last    delete the old key for good",
        "最后    彻底删除旧密钥",
    );
    let old = &plan.old;
    let mut lines = vec![Said::new(OLD, &[&old.name, &old.label]), successor(plan)];
    for file in &plan.files {
        let path = shown(scene, &file.path);
        for (name, line) in &file.names {
            lines.push(Said::new(FILE, &[&path, line, &CleanText::line(name)]));
        }
    }
    if plan.in_store {
        lines.push(STORE.into());
    }
    lines.push(THEN_TEST.into());
    lines.push(match plan.retire {
        Retire::Disable => THEN_DISABLE.into(),
        Retire::Delete => THEN_DELETE.into(),
    });
    lines
}

/// What the successor is like.
fn successor(plan: &Plan) -> Said {
    const NEW: Phrase = Phrase::new("successor  {}, {}, {}", "新密钥  {}，{}，{}");
    const NO_LIMIT: Phrase = Phrase::new("no limit", "无限额");
    const LIMIT: Phrase = Phrase::new("limit {}", "限额 {}");
    const LIMIT_RESETS: Phrase = Phrase::new("limit {}, resets {}", "限额 {}，重置：{}");
    const NO_END: Phrase = Phrase::new("never expires", "永不过期");
    const ENDS: Phrase = Phrase::new("expires {}", "{} 到期");
    let new = &plan.successor;
    let limit = match (new.limit, &new.limit_reset) {
        (None, _) => NO_LIMIT.into(),
        (Some(limit), None) => Said::new(LIMIT, &[&limit]),
        (Some(limit), Some(word)) => {
            Said::joined(LIMIT_RESETS, &[Said::verbatim(limit), reset::short(word)])
        }
    };
    let end = match new.expires_at {
        None => NO_END.into(),
        Some(end) => Said::new(ENDS, &[&end.strftime("%Y-%m-%d")]),
    };
    let name = Said::verbatim(CleanText::line(&new.name));
    Said::joined(NEW, &[name, limit, end])
}

/// What deserves a word.
pub fn note(said: &Said) -> Said {
    const NOTE: Phrase = Phrase::new("note: {}", "注意：{}");
    Said::joined(NOTE, std::slice::from_ref(said))
}

/// A step that has ended; `None` for what is nobody's business unless it goes wrong.
pub fn step(scene: &Scene, step: &Step, progress: Progress) -> Option<Said> {
    const WRITE: Phrase = Phrase::new("write {}", "写入 {}");
    const PUT_BACK: Phrase = Phrase::new("put {} back", "恢复 {}");
    if progress == Progress::Running {
        return None;
    }
    let file = |phrase: Phrase, path: &Path| Said::new(phrase, &[&shown(scene, path)]);
    Some(match step {
        Step::Begin | Step::Keep | Step::End if progress == Progress::Done => return None,
        Step::Begin => Phrase::new("write the journal", "写入日志").into(),
        Step::Keep => Phrase::new("keep the successor safe", "保存新密钥").into(),
        Step::End => Phrase::new("wipe the journal", "清除日志").into(),
        Step::Create => Phrase::new("make the successor", "创建新密钥").into(),
        Step::Write(path) => file(WRITE, path),
        Step::Store => Phrase::new("write onramp's own store", "写入 onramp 的存储").into(),
        Step::Test => Phrase::new("test the successor", "测试新密钥").into(),
        Step::Name => Phrase::new("name the successor", "命名新密钥").into(),
        Step::Retire => Phrase::new("retire the old key", "停用旧密钥").into(),
        Step::Revive => Phrase::new("switch the old key on again", "重新启用旧密钥").into(),
        Step::PutBack(path) => file(PUT_BACK, path),
        Step::PutBackStore => {
            Phrase::new("put onramp's own store back", "恢复 onramp 的存储").into()
        }
        Step::Remove => Phrase::new("remove the successor", "移除新密钥").into(),
    })
}

/// How a rotation ended.
pub fn end(plan: &Plan, ended: &Ended) -> Said {
    const OFF: Phrase = Phrase::new(
        "rotated: “{}” is {} now, and the old key is switched off",
        "已轮换：“{}”现在是 {}，旧密钥已停用",
    );
    const DELETED: Phrase = Phrase::new(
        "rotated: “{}” is {} now, and the old key is deleted",
        "已轮换：“{}”现在是 {}，旧密钥已删除",
    );
    const ROLLED_BACK: Phrase = Phrase::new(
        "rolled back: the old key “{}” stands where it stood, and there is no successor",
        "已恢复原状：旧密钥“{}”仍在原处，没有新密钥",
    );
    let words = match (&ended.outcome, plan.retire) {
        (Outcome::Rotated, Retire::Disable) => OFF,
        (Outcome::Rotated, Retire::Delete) => DELETED,
        (Outcome::RolledBack(_), _) => ROLLED_BACK,
        (Outcome::Unfinished { .. }, _) => UNFINISHED,
    };
    Said::new(
        words,
        &[&CleanText::line(&plan.successor.name), &mask(ended)],
    )
}

/// How an earlier rotation ended now.
pub fn resumed_end(resumed: &Resumed) -> Said {
    const FINISHED: Phrase = Phrase::new(
        "an interrupted rotation of “{}” was resumed and finished: its successor {} is written and works, and the old key is retired",
        "“{}”被中断的轮换已继续并完成：新密钥 {} 已写入并可用，旧密钥已停用或删除",
    );
    const UNDONE: Phrase = Phrase::new(
        "an interrupted rotation of “{}” was rolled back: the old key stands where it stood, and there is no successor; run this again to rotate",
        "“{}”被中断的轮换已恢复原状：旧密钥仍在原处，没有新密钥；如需轮换请再次运行",
    );
    let Resumed { name, ended, .. } = resumed;
    let words = match ended.outcome {
        Outcome::Rotated => FINISHED,
        Outcome::RolledBack(_) => UNDONE,
        Outcome::Unfinished { .. } => UNFINISHED,
    };
    Said::new(words, &[&CleanText::line(name), &mask(ended)])
}

const UNFINISHED: Phrase = Phrase::new(
    "not finished, and not put back whole; onramp keys rotate takes it up again:",
    "未完成，也未完全恢复；再次运行 onramp keys rotate 会继续处理：",
);

fn mask(ended: &Ended) -> &str {
    let successor = ended.successor.as_ref();
    successor.map_or("", |successor| &successor.mask)
}

/// A rotation that was interrupted comes first.
pub fn waits(name: &str) -> Said {
    const WAITS: Phrase = Phrase::new(
        "an interrupted rotation of “{}” is ended first by the next onramp keys rotate",
        "下次运行 onramp keys rotate 会先结束“{}”被中断的轮换",
    );
    Said::new(WAITS, &[&CleanText::line(name)])
}

/// The same where it can be ended right away.
pub fn waited(name: &str) -> Said {
    const WAITED: Phrase = Phrase::new(
        "A rotation of “{}” was interrupted. It is ended first: finished, or put back whole.",
        "“{}”的轮换曾被中断。需先结束它：继续完成，或全部恢复。",
    );
    Said::new(WAITED, &[&CleanText::line(name)])
}

/// What had been interrupted was ended by somebody else.
pub fn nothing_waits() -> Said {
    Phrase::new("nothing is left unfinished", "没有未完成的轮换").into()
}

/// The key stands nowhere where a successor could be written.
pub fn nowhere(why: Said) -> Box<Diagnosis> {
    const NOWHERE: Phrase = Phrase::new("The key stands nowhere here", "此处没有这个密钥");
    titled(NOWHERE, why)
}

/// What keeps a rotation from beginning, as a trouble.
pub fn refused(refused: Refused) -> Box<Diagnosis> {
    const BUSY: Phrase = Phrase::new(
        "Another onramp is just rotating a key of this server",
        "另一个 onramp 正在轮换此服务器的密钥",
    );
    const WAIT: Phrase = Phrase::new(
        "Two at once would undo each other. Nothing was changed; try again when it has ended.",
        "两个同时进行会互相干扰。没有任何改动，请等它结束后再试。",
    );
    match refused {
        Refused::File(trouble) => Box::new(diagnosis::explain(&Symptom::File(trouble))),
        Refused::Busy => titled(BUSY, WAIT.into()),
    }
}

/// A trouble of nobody's file.
fn titled(title: Phrase, cause: Said) -> Box<Diagnosis> {
    let trouble = FileTrouble::new("".as_ref(), FileProblem::Other, "");
    let mut diagnosis = diagnosis::explain(&Symptom::File(trouble));
    diagnosis.title = title.into();
    diagnosis.cause = cause;
    diagnosis.fixes.clear();
    diagnosis.raw = CleanText::default();
    Box::new(diagnosis)
}
