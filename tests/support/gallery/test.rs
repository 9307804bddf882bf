//! The API test, stage by stage.

use std::time::Duration;

use onramp::diagnosis;
use onramp::domain::clean_text::CleanText;
use onramp::domain::stage::{Stage, StageId, StageStatus};
use onramp::domain::symptom::{Refusal, Symptom};
use onramp::flow::Reply;
use onramp::text::{Phrase, Said};

use super::{Make, Rehearsal};

impl Rehearsal {
    /// A test was begun and has come so far.
    pub fn testing(&mut self, stages: impl IntoIterator<Item = Stage>) -> &mut Self {
        self.written().keys("enter enter").staged(stages)
    }

    pub fn staged(&mut self, stages: impl IntoIterator<Item = Stage>) -> &mut Self {
        let ticket = self.ticket();
        for stage in stages {
            self.reply(Reply::Staged {
                ticket,
                stage: Box::new(stage),
            });
        }
        self
    }

    /// A test that is over.
    pub fn tested(&mut self, last: Stage) -> &mut Self {
        self.testing(stages().into_iter().chain([last]));
        let ticket = self.ticket();
        self.reply(Reply::TestEnded { ticket })
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("test-start", |s| {
            s.written().keys("enter");
        }),
        ("test-running", |s| {
            s.testing(stages());
            let running = stage(
                StageId::Completion,
                StageStatus::Running,
                0,
                Phrase::new("asking openai/gpt-5-mini", "正在询问 openai/gpt-5-mini"),
            );
            s.staged([running]);
        }),
        ("test-passed", |s| {
            s.tested(answered());
        }),
        ("test-failed", |s| {
            s.tested(unaffordable());
        }),
        ("test-stopped", |s| {
            s.testing(stages());
            s.keys("esc");
        }),
    ]
}

pub fn stage(id: StageId, status: StageStatus, ms: u64, detail: Phrase) -> Stage {
    Stage {
        id,
        status,
        took: Duration::from_millis(ms),
        detail: Said::from(detail),
        diagnosis: None,
    }
}

pub fn stages() -> Vec<Stage> {
    vec![
        stage(
            StageId::Config,
            StageStatus::Pass,
            0,
            Phrase::new(
                "key from .env line 2, nothing shadows it",
                "密钥来自 .env 第 2 行，无遮蔽",
            ),
        ),
        stage(
            StageId::Auth,
            StageStatus::Pass,
            212,
            Phrase::new("accepted: sk-or-v1-dea…eef", "已接受：sk-or-v1-dea…eef"),
        ),
        stage(
            StageId::Credits,
            StageStatus::Skip,
            0,
            Phrase::new("only a management key may ask", "只有管理密钥才能查询"),
        ),
    ]
}

pub fn answered() -> Stage {
    stage(
        StageId::Completion,
        StageStatus::Pass,
        1312,
        Phrase::new(
            "openai/gpt-5-mini answered “ok” for $0.00002",
            "openai/gpt-5-mini 回答“ok”，费用 $0.00002",
        ),
    )
}

pub fn unaffordable() -> Stage {
    let symptom = Symptom::Refused(Box::new(Refusal {
        status: 402,
        message: CleanText::new(
            "Insufficient credits. Add more using https://openrouter.ai/credits",
        ),
        ..Refusal::default()
    }));
    Stage {
        status: StageStatus::Fail,
        diagnosis: Some(diagnosis::explain(&symptom)),
        ..stage(
            StageId::Completion,
            StageStatus::Fail,
            230,
            Phrase::new("402", "402"),
        )
    }
}
