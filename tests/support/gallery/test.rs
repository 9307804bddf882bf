//! The API test, stage by stage.

use std::time::Duration;

use onramp::diagnosis;
use onramp::domain::clean_text::CleanText;
use onramp::domain::diagnosis::Diagnosis;
use onramp::domain::stage::{Stage, StageId, StageStatus};
use onramp::domain::symptom::{NetworkTrouble, Refusal, Symptom};
use onramp::flow::Reply;
use onramp::text::{Phrase, Said};

use super::usage::now;
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
        self.testing(stages().into_iter().chain([last])).ended()
    }

    /// The full test was begun and has come so far.
    pub fn testing_in_full(&mut self, stages: impl IntoIterator<Item = Stage>) -> &mut Self {
        self.written().keys("enter down enter").staged(stages)
    }

    /// A full test that is over.
    pub fn tested_in_full(&mut self, stages: impl IntoIterator<Item = Stage>) -> &mut Self {
        self.testing_in_full(stages).ended()
    }

    /// A quick test that failed for this reason.
    pub fn failed_for(&mut self, symptom: &Symptom) -> &mut Self {
        self.testing(stages()).stopped_by(symptom)
    }

    /// The quick test that runs fails for this reason.
    pub fn stopped_by(&mut self, symptom: &Symptom) -> &mut Self {
        let failed = stage(
            StageId::Completion,
            StageStatus::Fail,
            230,
            Phrase::new("failed", "失败"),
        );
        self.staged([explained(failed, symptom)]).ended()
    }

    /// The test that runs is over.
    pub fn ended(&mut self) -> &mut Self {
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
            s.failed_for(&unaffordable());
        }),
        ("test-stopped", |s| {
            s.testing(stages());
            s.keys("esc");
        }),
        ("test-full-running", |s| {
            s.testing_in_full(way());
            let running = |id, words| stage(id, StageStatus::Running, 0, words);
            s.staged([
                running(
                    StageId::Models,
                    Phrase::new("reading the list of models", "正在读取模型列表"),
                ),
                running(
                    StageId::Auth,
                    Phrase::new("asking about the key", "正在查询密钥"),
                ),
            ]);
        }),
        ("test-full-passed", |s| {
            s.tested_in_full(all_passed());
        }),
        ("test-full-warned", |s| {
            let retiring = explained(
                stage(
                    StageId::Models,
                    StageStatus::Warn,
                    48,
                    Phrase::new(
                        "openai/gpt-4 retires on 2026-12-31",
                        "openai/gpt-4 将于 2026-12-31 下线",
                    ),
                ),
                &Symptom::RetiringModel {
                    model: "openai/gpt-4".into(),
                    day: "2026-12-31".into(),
                    successors: vec!["openai/gpt-5-mini".into()],
                    is_past: false,
                },
            );
            let others = all_passed().into_iter();
            let others = others.filter(|stage| stage.id != StageId::Models);
            s.tested_in_full(others.chain([retiring]));
        }),
        ("test-full-failed", |s| {
            s.tested_in_full(unknown_model());
        }),
        ("test-address", |s| {
            s.failed_for(&Symptom::Network {
                trouble: NetworkTrouble::Dns,
                host: "openrouter.ai".into(),
                proxy: None,
                detail: "failed to lookup address information".into(),
                ignored: Vec::new(),
            });
            s.keys("enter");
        }),
        ("test-waiting", |s| {
            s.failed_for(&Symptom::Refused(Box::new(Refusal {
                status: 429,
                limit_source: Some("openrouter_free_tier_per_minute".into()),
                retry_after: Some(Duration::from_secs(17)),
                ..Refusal::default()
            })));
            s.keys("enter");
            let ticket = s.ticket();
            s.reply(Reply::Counted { ticket, left: 16 });
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

/// The stages of the way, as a far server has them.
fn way() -> Vec<Stage> {
    let pass = |id, ms, words| stage(id, StageStatus::Pass, ms, words);
    vec![
        pass(
            StageId::Config,
            0,
            Phrase::new(
                "key from .env line 2; server https://openrouter.ai/api/v1",
                "密钥来自 .env 第 2 行；服务器 https://openrouter.ai/api/v1",
            ),
        ),
        pass(
            StageId::Dns,
            12,
            Phrase::new(
                "openrouter.ai is 104.18.2.115 and 3 more",
                "openrouter.ai 的地址是 104.18.2.115，另有 3 个",
            ),
        ),
        pass(
            StageId::Connect,
            9,
            Phrase::new("104.18.2.115:443 answers", "104.18.2.115:443 有回应"),
        ),
        pass(
            StageId::Tls,
            38,
            Phrase::new(
                "encrypted and trusted; issued by Google Trust Services, WE1",
                "已加密，证书可信；颁发者：Google Trust Services, WE1",
            ),
        ),
    ]
}

fn all_passed() -> Vec<Stage> {
    let pass = |id, ms, words| stage(id, StageStatus::Pass, ms, words);
    let mut all = way();
    all.extend([
        pass(
            StageId::Auth,
            212,
            Phrase::new("accepted: sk-or-v1-dea…eef", "已接受：sk-or-v1-dea…eef"),
        ),
        pass(
            StageId::Limit,
            0,
            Phrase::new("the key may spend $20.62", "密钥还可花费 $20.62"),
        ),
        stage(
            StageId::Credits,
            StageStatus::Skip,
            0,
            Phrase::new("only a management key may ask", "只有管理密钥才能查询"),
        ),
        pass(
            StageId::Models,
            48,
            Phrase::new(
                "openai/gpt-5-mini: $0.25 in, $2.00 out per million tokens",
                "openai/gpt-5-mini：每百万 token 输入 $0.25，输出 $2.00",
            ),
        ),
        answered(),
        pass(
            StageId::Stream,
            1459,
            Phrase::new(
                "first token 407 ms, then 61 tokens/s; 3 comments, usage told",
                "首个 token 407 ms，之后 61 token/s；注释 3 条，有用量",
            ),
        ),
        pass(
            StageId::Cost,
            0,
            Phrase::new("$0.00012, as the price list says", "$0.00012，与价目表一致"),
        ),
    ]);
    all
}

/// The model does not exist; what depends on it was left out.
fn unknown_model() -> Vec<Stage> {
    let needs_model = Phrase::new(
        "not looked at: the model comes first",
        "未检查：需先确定模型",
    );
    all_passed()
        .into_iter()
        .map(|known| match known.id {
            StageId::Models => explained(
                stage(
                    StageId::Models,
                    StageStatus::Fail,
                    48,
                    Phrase::new(
                        "The server does not know this model",
                        "服务器不认识这个模型",
                    ),
                ),
                &Symptom::UnlistedModel {
                    asked: "gpt-4".into(),
                    listed: 412,
                    near: vec!["openai/gpt-4".into(), "openai/gpt-4o".into()],
                },
            ),
            StageId::Completion | StageId::Stream | StageId::Cost => {
                stage(known.id, StageStatus::Skip, 0, needs_model)
            }
            _ => known,
        })
        .collect()
}

fn explained(stage: Stage, symptom: &Symptom) -> Stage {
    Stage {
        diagnosis: Some(Diagnosis {
            judged_at: Some(now()),
            ..diagnosis::explain(symptom)
        }),
        ..stage
    }
}

pub fn unaffordable() -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status: 402,
        message: CleanText::new(
            "Insufficient credits. Add more using https://openrouter.ai/credits",
        ),
        ..Refusal::default()
    }))
}
