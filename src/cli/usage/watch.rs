//! `onramp usage --watch`: what changes, as it changes, for a person, for a status bar or as JSON; alerts
//! once each, with a hook, and with an end where one is wanted.

use std::ops::ControlFlow;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::Timestamp;
use serde::Serialize;

use crate::cli::args::UsageFlags;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, put};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Diagnosis, TroubleKind};
use crate::domain::figures::{Figures, Part};
use crate::domain::json;
use crate::domain::money::Usd;
use crate::insight::alerts::Alert;
use crate::insight::changes::{Change, Figure};
use crate::jobs::Access;
use crate::jobs::usage::alerts::Listener;
use crate::jobs::usage::hook::{self, Ended, Hook, Occasion};
use crate::jobs::usage::report::AlertJson;
use crate::jobs::usage::watch::{self, News, Round, Vain, Wishes};
use crate::runtime::signals::{Signal, Signals};
use crate::runtime::terminal;
use crate::text::{Lang, Phrase};
use crate::ui::theme::Tone;

const NOT_OPENROUTER: Phrase = Phrase::new(
    "this server is not OpenRouter and tells no figures: there is nothing to watch",
    "该服务器不是 OpenRouter，不提供数据，没有可监视的内容",
);
const WATCHING: Phrase = Phrase::new(
    "looking every {} s; what changes is printed; Ctrl+C ends it",
    "每 {} 秒查询一次，只输出变化；按 Ctrl+C 结束",
);
const RARER: Phrase = Phrase::new(
    "looking every {} s: more often would not be polite to this server",
    "改为每 {} 秒查询一次：更频繁会给该服务器添麻烦",
);
const WELL: Phrase = Phrase::new("the figures are current again", "数据已恢复更新");
const FORGETFUL: Phrase = Phrase::new(
    "what was told cannot be written down in {} ({}): after a restart it would be told again",
    "无法在 {} 中记录已发出的提醒（{}）：重启后会再次提醒",
);
const OF_SANDBOX: Phrase = Phrase::new("SANDBOX, not real: {}", "沙盒，模拟数据：{}");
const HOOK_ENDED: Phrase = Phrase::new("the hook ended in {}", "钩子命令以 {} 退出");
const HOOK_KILLED: Phrase = Phrase::new("the hook was ended by a signal", "钩子命令被信号终止");
const HOOK_TOO_LONG: Phrase = Phrase::new(
    "the hook did not end within {} s and was stopped",
    "钩子命令在 {} 秒内没有结束，已被终止",
);
const HOOK_NOT_STARTED: Phrase =
    Phrase::new("the hook could not be started: {}", "无法启动钩子命令：{}");
const BALANCE: Phrase = Phrase::new("balance", "余额");
const LIMIT: Phrase = Phrase::new("limit", "限额");
const LIMIT_LEFT: Phrase = Phrase::new("limit left", "限额剩余");
const SPENT_TODAY: Phrase = Phrase::new("spent today", "今日花费");
const NONE: Phrase = Phrase::new("none", "无");
const UNKNOWN: Phrase = Phrase::new("not known", "未知");

/// Watches until it is told to stop, or until an alert where that is wanted.
pub(super) async fn run(
    context: &Context,
    access: &Access,
    flags: &UsageFlags,
    asked: Duration,
) -> Outcome {
    let interval = watch::polite(asked, &context.scene, access);
    let words = if interval == asked { WATCHING } else { RARER };
    context.note(&words.fill(context.lang, &[&interval.as_secs()]));
    let model = context.chosen_model(access);
    let wishes = Wishes {
        interval,
        thresholds: super::thresholds(context, flags),
        model: model.as_deref(),
        listener: Listener::Watch {
            hook: flags.hook.as_deref(),
            min_credit: flags.min_credit,
        },
    };
    let line = flags.hook.as_deref();
    let mut teller = Teller {
        context,
        server: access.server.origin(),
        hook: line.map(|line| Hook::new(line, &context.scene, access)),
        form: Form::of(flags),
        ends_at_alert: flags.exit_on_alert,
        last_line: String::new(),
        has_begun: false,
    };
    // A signal ends it, and whatever hook is under way.
    let mut signals = Signals::listen().map_err(|error| crate::cli::listen_trouble(&error))?;
    let watching = watch::watch(&context.scene, access, wishes, async |round| {
        teller.tell(&round).await
    });
    tokio::select! {
        ended = watching => match ended {
            Ok(outcome) => outcome,
            Err(Vain::NotOpenRouter) => Err(Failure::Usage(NOT_OPENROUTER.into())),
            Err(Vain::Trouble(symptom)) => Err(crate::cli::diagnosed(&symptom)),
        },
        number = ending(&mut signals) => Err(Failure::Silent(128 + number)),
    }
}

async fn ending(signals: &mut Signals) -> u8 {
    loop {
        if let Signal::Ends(number) = signals.next().await {
            return number;
        }
    }
}

/// How news is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Sentences.
    Words,
    /// One object a line.
    Json,
    /// A line for a status bar, whenever it is another one.
    Line,
}

impl Form {
    fn of(flags: &UsageFlags) -> Self {
        if flags.json {
            Self::Json
        } else if flags.line {
            Self::Line
        } else {
            Self::Words
        }
    }
}

/// Tells what a watch brings.
struct Teller<'a> {
    context: &'a Context,
    server: String,
    hook: Option<Hook>,
    form: Form,
    ends_at_alert: bool,
    /// The status line that was printed last.
    last_line: String,
    /// Figures were told.
    has_begun: bool,
}

impl Teller<'_> {
    /// Prints what is new, calls the person, runs the hooks, and tells whether that was enough.
    async fn tell(&mut self, round: &Round) -> ControlFlow<Outcome> {
        let is_read = round.news.iter().all(|news| self.print(news, round)) && self.line(round);
        self.has_begun |= round.news.contains(&News::Began);
        let crossed: Vec<&Alert> = round.news.iter().filter_map(alert).collect();
        for alert in &crossed {
            let said = alert.message.say(self.context.lang);
            let words = if round.is_simulated {
                CleanText::line(&OF_SANDBOX.fill(self.context.lang, &[&said]))
            } else {
                CleanText::line(&said)
            };
            let by = self.context.alerts.notify;
            // A terminal that is gone hears nothing; the line above was for it, too.
            let _ = terminal::notify(by, &words, &self.context.scene.environment);
        }
        self.run_hooks(&crossed, round).await;
        if self.ends_at_alert && !crossed.is_empty() {
            return ControlFlow::Break(Err(Failure::Silent(TroubleKind::Alert.exit_code())));
        }
        // Who reads no more wants no more.
        if is_read {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(Ok(()))
        }
    }

    /// False when nobody reads any more.
    fn print(&self, news: &News, round: &Round) -> bool {
        match self.form {
            Form::Json => {
                let Some(event) = Event::of(news, &round.figures, self.context.lang) else {
                    self.note(news, round.at);
                    return true;
                };
                let stamped = Stamped {
                    at: round.at,
                    simulated: round.is_simulated,
                    event,
                };
                put(&format!("{}\n", json::line(&stamped)))
            }
            Form::Words => self.say(news, round),
            Form::Line => {
                if let News::Crossed(alert) = news {
                    self.note_at(round.at, &alert.message.say(self.context.lang));
                } else {
                    self.note(news, round.at);
                }
                true
            }
        }
    }

    /// The status line, where that is wanted and it is another one.
    fn line(&mut self, round: &Round) -> bool {
        if self.form != Form::Line {
            return true;
        }
        let figures = Some(&round.figures);
        let line = super::line::of(self.context, figures, round.at, round.is_simulated);
        if line == self.last_line {
            return true;
        }
        let is_read = put(&format!("{line}\n"));
        self.last_line = line;
        is_read
    }

    fn say(&self, news: &News, round: &Round) -> bool {
        let lang = self.context.lang;
        let lines: Vec<String> = match news {
            News::Began => {
                super::say_what_is_untold(self.context, &round.untold);
                let known = Figure::ALL
                    .into_iter()
                    .filter(|figure| figure.of(&round.figures).is_some());
                let shown = known.map(|figure| {
                    let amount = shown(figure, figure.of(&round.figures), lang);
                    format!("{} {amount}", named(figure).say(lang))
                });
                let figures = shown.collect::<Vec<_>>().join(" · ");
                let simulated = round.is_simulated.then(|| {
                    let words = super::SIMULATED.say(lang);
                    self.context.paint(Tone::Warn, words)
                });
                simulated.into_iter().chain([figures]).collect()
            }
            News::Changed(change) => vec![changed(change, lang)],
            News::Crossed(alert) => {
                let line = format!("! {}", alert.message.say(lang));
                vec![self.context.paint(Tone::Warn, &line)]
            }
            News::InTheWay(..) | News::Well | News::Forgetful(_) => {
                self.note(news, round.at);
                return true;
            }
        };
        let at = self.context.paint(Tone::Quiet, &time_of(round.at));
        lines.iter().all(|line| put(&format!("{at}  {line}\n")))
    }

    /// What is no result.
    fn note(&self, news: &News, at: Timestamp) {
        let lang = self.context.lang;
        match news {
            // Until figures were told there are none that could be older.
            News::InTheWay(part, seen) => {
                self.note_at(at, &super::older(*part, seen, self.has_begun, lang));
            }
            News::Well => self.note_at(at, WELL.say(lang)),
            News::Forgetful(trouble) => {
                let path = CleanText::line(&trouble.path.to_string_lossy());
                self.note_at(at, &FORGETFUL.fill(lang, &[&path, &trouble.detail]));
            }
            News::Began | News::Changed(_) | News::Crossed(_) => {}
        }
    }

    fn note_at(&self, at: Timestamp, words: &str) {
        self.context.note(&format!("{}  {words}", time_of(at)));
    }

    /// Runs the hook for each alert, side by side: together they take no longer than one may.
    async fn run_hooks(&self, crossed: &[&Alert], round: &Round) {
        let Some(hook) = &self.hook else { return };
        let lang = self.context.lang;
        let occasions: Vec<Occasion<'_>> = crossed
            .iter()
            .map(|alert| Occasion {
                alert,
                figures: &round.figures,
                is_simulated: round.is_simulated,
                at: round.at,
                lang,
            })
            .collect();
        let running = occasions.iter().map(|it| hook.run(it, &self.server));
        for ended in join_all(running).await {
            if let Some(words) = hook_trouble(&ended, lang) {
                self.context.note(&words);
            }
        }
    }
}

fn time_of(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn alert(news: &News) -> Option<&Alert> {
    match news {
        News::Crossed(alert) => Some(alert),
        _ => None,
    }
}

fn hook_trouble(ended: &Ended, lang: Lang) -> Option<String> {
    Some(match ended {
        Ended::Well => return None,
        Ended::Badly(Some(code)) => HOOK_ENDED.fill(lang, &[code]),
        Ended::Badly(None) => HOOK_KILLED.say(lang).to_owned(),
        Ended::TooLong => HOOK_TOO_LONG.fill(lang, &[&hook::PATIENCE.as_secs()]),
        Ended::NotStarted(words) => HOOK_NOT_STARTED.fill(lang, &[words]),
    })
}

fn named(figure: Figure) -> Phrase {
    match figure {
        Figure::Balance => BALANCE,
        Figure::Limit => LIMIT,
        Figure::LimitLeft => LIMIT_LEFT,
        Figure::SpentToday => SPENT_TODAY,
    }
}

fn shown(figure: Figure, amount: Option<Usd>, lang: Lang) -> String {
    match (amount, figure) {
        (Some(amount), _) => amount.to_string(),
        (None, Figure::Limit | Figure::LimitLeft) => NONE.say(lang).to_owned(),
        (None, Figure::Balance | Figure::SpentToday) => UNKNOWN.say(lang).to_owned(),
    }
}

fn changed(change: &Change, lang: Lang) -> String {
    let figure = change.figure;
    let [from, to] = [change.from, change.to].map(|amount| shown(figure, amount, lang));
    format!("{} {from} → {to}", named(figure).say(lang))
}

/// What scripts read, one object a line: a contract.
#[derive(Serialize)]
struct Stamped<'a> {
    at: Timestamp,
    /// Nothing of it is real.
    simulated: bool,
    #[serde(flatten)]
    event: Event<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Event<'a> {
    Began {
        balance_usd: Option<Usd>,
        limit_usd: Option<Usd>,
        limit_remaining_usd: Option<Usd>,
        spent_today_usd: Option<Usd>,
    },
    Change {
        figure: &'static str,
        from: Option<Usd>,
        to: Option<Usd>,
    },
    Alert(AlertJson),
    Trouble {
        part: &'static str,
        id: &'a str,
        title: String,
    },
    Recovered,
}

impl<'a> Event<'a> {
    /// `None` for what is about this program and not about money.
    fn of(news: &'a News, figures: &Figures, lang: Lang) -> Option<Self> {
        Some(match news {
            News::Began => Self::Began {
                balance_usd: Figure::Balance.of(figures),
                limit_usd: Figure::Limit.of(figures),
                limit_remaining_usd: Figure::LimitLeft.of(figures),
                spent_today_usd: Figure::SpentToday.of(figures),
            },
            News::Changed(change) => Self::Change {
                figure: change.figure.name(),
                from: change.from,
                to: change.to,
            },
            News::Crossed(alert) => Self::Alert(AlertJson::of(alert, lang)),
            News::InTheWay(part, seen) => Self::trouble(*part, seen, lang),
            News::Well => Self::Recovered,
            News::Forgetful(_) => return None,
        })
    }

    fn trouble(part: Part, seen: &'a Diagnosis, lang: Lang) -> Self {
        Self::Trouble {
            part: match part {
                Part::Key => "key",
                Part::Account => "account",
                Part::Daily => "daily",
                Part::Keys => "keys",
                Part::Analytics => "analytics",
                Part::Models => "models",
            },
            id: seen.id,
            title: seen.title.say(lang),
        }
    }
}
