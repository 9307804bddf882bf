//! `onramp usage`: what was spent and what is left, for a person, as JSON, as CSV, or as one line.

mod line;
mod meaning;
mod paper;
mod print;
mod watch;

use std::time::Duration;

use futures_util::future::join;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::UsageFlags;
use super::context::Context;
use super::output::{self, Failure, Outcome, print_json, print_line};
use super::tui;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Diagnosis, TroubleKind};
use crate::domain::figures::{DayFigures, Gathered, Part, Untold};
use crate::domain::model_card::ModelCard;
use crate::domain::spend::Purpose;
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::insight::alerts::{Alert, Thresholds};
use crate::insight::outlook::{Outlook, Seen};
use crate::jobs::Access;
use crate::jobs::budget;
use crate::jobs::look;
use crate::jobs::models;
use crate::jobs::usage::report::{Report, Shown};
use crate::jobs::usage::{self, csv};
use crate::ledger::{Ledger, Opened};
use crate::text::{Lang, Phrase};
use crate::ui::theme::Tone;

const NEEDS_MANAGEMENT: Phrase = Phrase::new(
    "balance and days are told to a management key only (OPENROUTER_MANAGEMENT_KEY); without one: \
     https://openrouter.ai/settings/credits",
    "余额和每日花费只有管理密钥（OPENROUTER_MANAGEMENT_KEY）能查询；没有的话请看：https://openrouter.ai/settings/credits",
);
const NOT_OPENROUTER: Phrase = Phrase::new(
    "this server is not OpenRouter and tells no figures; what this program asked of it stands below",
    "该服务器不是 OpenRouter，不提供这些数据；下面是本程序向它发出的请求",
);
const OLDER: Phrase = Phrase::new(
    "{}: {}; what is shown is what was learned before",
    "{}：{}；显示的是之前得到的数据",
);
const MISSING: Phrase = Phrase::new("{}: {}", "{}：{}");
const OF_KEY: Phrase = Phrase::new("key", "密钥");
const OF_ACCOUNT: Phrase = Phrase::new("account", "账户");
const OF_DAYS: Phrase = Phrase::new("days", "每日数据");
const OF_KEYS: Phrase = Phrase::new("the account's keys", "账户的密钥");
const OF_ANALYTICS: Phrase = Phrase::new("today and the days further back", "今日与更早的数据");
const OF_MODELS: Phrase = Phrase::new("models and prices", "模型与价格");
const SET_ASIDE: Phrase = Phrase::new(
    "the ledger was damaged and begins anew; what it held is not in the figures. The old file: {}",
    "账本已损坏，已重新开始；旧账本的内容不计入以下数据。旧文件：{}",
);
const UNREAD: Phrase = Phrase::new(
    "what this program itself asked is missing here, since its ledger cannot be read: {}",
    "这里缺少本程序自己发出的请求，因为无法读取账本：{}",
);
const REBUILT: Phrase = Phrase::new("reckoned anew; requests: {}", "已重新计算；请求数：{}");
const LINE_JUDGES_NOTHING: Phrase = Phrase::new(
    "--line shows what was learned before and asks nobody, so --min-credit has nothing to judge; with --watch it has",
    "--line 只显示之前得到的数据，不查询服务器，因此 --min-credit 无从判断；可配合 --watch 使用",
);

const SIMULATED: Phrase = Phrase::new(
    "SANDBOX: these figures are simulated; nothing was spent.",
    "沙盒：以下数据均为模拟，没有真实花费。",
);

/// Days shown when nobody says how many: as the screen counts them, today is the last one.
const USUAL_DAYS: u16 = 30;
/// Days of this program's own requests that are reviewed at least: thirty completed ones and today.
const REVIEWED_DAYS: u16 = 31;

impl UsageFlags {
    /// Nothing was asked for but the figures, by somebody who sits at a terminal.
    pub(super) fn wants_screen(&self, context: &Context) -> bool {
        let is_bare = self.days.is_none()
            && self.min_credit.is_none()
            && self.watch.is_none()
            && !(self.json || self.csv || self.line || self.rebuild);
        is_bare && !context.look.is_plain && tui::has_terminal()
    }
}

pub(super) async fn run(context: &Context, flags: UsageFlags) -> Outcome {
    if flags.rebuild {
        return rebuild(context);
    }
    let access = context
        .access()
        .map_err(|symptom| super::diagnosed(&symptom))?;
    if let Some(secs) = flags.watch {
        return watch::run(context, &access, &flags, Duration::from_secs(secs)).await;
    }
    let now = Timestamp::now();
    if flags.line {
        if flags.min_credit.is_some() {
            return Err(Failure::Usage(LINE_JUDGES_NOTHING.into()));
        }
        let kept = usage::kept(&context.scene, &access);
        let is_kept_simulated = kept.as_ref().is_some_and(|kept| kept.is_simulated);
        let is_simulated = context.scene.sandbox.is_some() || is_kept_simulated;
        print_line(&line::of(context, kept.as_ref(), now, is_simulated));
        return Ok(());
    }
    let first = since(now, flags.days.unwrap_or(USUAL_DAYS));
    // A ledger that is set aside is said by whoever opens it first.
    let begun = open(context);
    say_set_aside(context, &begun);
    drop(begun);
    let recorder = context.recorder(Purpose::Ask);
    let completing = usage::complete(&context.scene, &access, &recorder, now);
    let gathering = usage::gather(&context.scene, &access, now);
    let (mut gathered, ()) = join(gathering, completing).await;
    let is_simulated = is_simulated(context, &access, &gathered).await;
    // Not to be able to keep them is no reason not to show them.
    let _ = usage::keep(&context.scene, &access, &gathered.figures);
    let models = models_of(context, &access, &mut gathered, now).await;
    let thresholds = thresholds(context, &flags);
    let own = access.secret().map(|key| key.hash());
    let model = context.chosen_model(&access);
    let month = local(context, &access, first.min(since(now, REVIEWED_DAYS)), now);
    let outlook = Outlook::of(&Seen {
        own_hash: own.as_deref(),
        local: month.as_ref().ok().map(|month| month.rows.as_slice()),
        model: model.as_deref(),
        models: models.as_deref(),
        ..Seen::of(&gathered.figures, &thresholds, now)
    });
    let gathered = gathered.of_days(first);
    let (local, unread) = match month {
        Ok(month) => (Some(month.since(first)), None),
        Err(trouble) => (None, Some(trouble)),
    };
    let budget = budget::figures(&context.scene, &access.server, now);
    let server = access.server.origin();
    let shown = Shown {
        server: &server,
        is_simulated,
        figures: &gathered.figures,
        first,
        days: gathered.figures.days_back_to(first),
        today: gathered.figures.rows_of_today(now),
        local: local.as_ref().map(|local| local.rows.as_slice()),
        open_requests: local.as_ref().map(|local| local.open),
        // One that stands in the same ledger is missing with it.
        budget: budget.ok().flatten(),
        outlook: &outlook,
        now,
    };
    if flags.json {
        print_json(&Report::of(&shown, context.lang));
    } else if flags.csv {
        output::put(&csv::text(&shown));
    } else {
        if shown.is_simulated {
            print_line(&context.paint(Tone::Warn, SIMULATED.say(context.lang)));
        }
        print::figures(context, &shown);
        meaning::print(context, &outlook, now);
    }
    say_what_is_missing(context, &gathered);
    if let Some(trouble) = unread {
        say_unread(context, trouble);
    }
    end(&gathered)?;
    // Without a threshold of the person's own, an alert is a word and no failure.
    let mut alerts = outlook.judgement.alerts.iter();
    if flags.min_credit.is_some() && alerts.any(|alert| is_about_money(alert, own.as_deref())) {
        return Err(Failure::Silent(TroubleKind::Alert.exit_code()));
    }
    Ok(())
}

/// Whether no figure is real: by what the server said when it was asked about the key, be it another time; without a
/// key it is asked now.
async fn is_simulated(context: &Context, access: &Access, gathered: &Gathered) -> bool {
    if context.scene.sandbox.is_none() && access.secret().is_some() {
        return gathered.figures.is_simulated;
    }
    look::is_simulated(&context.scene, &access.server).await
}

/// The list that the account's costs are held against, be it an older one. Without it less is said of them, and why.
async fn models_of(
    context: &Context,
    access: &Access,
    gathered: &mut Gathered,
    now: Timestamp,
) -> Option<Vec<ModelCard>> {
    let key = access.secret();
    if gathered.troubles.iter().any(|(part, _)| *part == Part::Key) {
        let kept = models::kept(&context.scene, &access.server, key.as_ref());
        return kept.map(|list| list.value);
    }
    match models::list(&context.scene, &access.server, key, now).await {
        Ok(listed) => {
            let trouble = listed.trouble.map(|symptom| (Part::Models, symptom));
            gathered.troubles.extend(trouble);
            Some(listed.models.value)
        }
        Err(symptom) => {
            gathered.troubles.push((Part::Models, symptom));
            None
        }
    }
}

/// The bounds that the person set, and above them the one of this command line.
fn thresholds(context: &Context, flags: &UsageFlags) -> Thresholds {
    let set = context.alerts.thresholds;
    Thresholds {
        balance: flags.min_credit.or(set.balance),
        limit_left: flags.min_credit.or(set.limit_left),
        judges_small_limits: flags.min_credit.is_some(),
        ..set
    }
}

/// The alerts that `--min-credit` is about: the balance, and the limit of the key in use. What the limits
/// of the account's other keys leave is no business of a script's that uses this one.
fn is_about_money(alert: &Alert, own_hash: Option<&str>) -> bool {
    match alert.id {
        "balance-gone" | "balance-low" => true,
        "limit-gone" | "limit-low" => alert.subject.as_deref() == own_hash,
        _ => false,
    }
}

/// What this program asked of this server, by its own ledger.
fn local(
    context: &Context,
    access: &Access,
    first: Date,
    now: Timestamp,
) -> Result<Local, FileTrouble> {
    let ledger = open(context)?.ledger;
    let today = now.to_zoned(TimeZone::UTC).date();
    let server = context.scene.name_in_ledger(&access.server);
    let rows = ledger.days(&server, first, today)?;
    Ok(Local {
        rows: rows.iter().map(DayFigures::from).collect(),
        open: ledger.open_requests(&server)?,
    })
}

/// What this program asked.
struct Local {
    rows: Vec<DayFigures>,
    /// How many requests have no cost or no end yet.
    open: u64,
}

impl Local {
    fn since(mut self, first: Date) -> Self {
        self.rows.retain(|row| row.date >= first);
        self
    }
}

fn open(context: &Context) -> Result<Opened, FileTrouble> {
    Ledger::open(&context.scene.paths.state)
}

/// A ledger that was set aside is said, even to who wants quiet: nobody will know of it later, and what it held is not
/// in the figures.
fn say_set_aside(context: &Context, opened: &Result<Opened, FileTrouble>) {
    let aside = opened.as_ref().ok().and_then(|it| it.set_aside.as_ref());
    if let Some(aside) = aside {
        let shown = CleanText::line(&aside.display().to_string());
        let words = SET_ASIDE.fill(context.lang, &[&shown]);
        output::complain(&format!("{words}\n"));
    }
}

/// The ledger has nothing to do with what the server tells: its figures alone are missing.
fn say_unread(context: &Context, trouble: FileTrouble) {
    let diagnosis = diagnosis::explain(&Symptom::File(trouble));
    let title = diagnosis.title.say(context.lang);
    context.note(&UNREAD.fill(context.lang, &[&title]));
    context.note(output::cause_and_hints(&diagnosis, context.lang).trim_end());
}

fn failed(trouble: FileTrouble) -> Failure {
    super::diagnosed(&Symptom::File(trouble))
}

/// Reckons the sums of the ledger anew from its requests.
fn rebuild(context: &Context) -> Outcome {
    let opened = open(context);
    say_set_aside(context, &opened);
    let requests = opened.and_then(|opened| opened.ledger.rebuild());
    let requests = requests.map_err(failed)?;
    print_line(&REBUILT.fill(context.lang, &[&requests]));
    Ok(())
}

/// The first of so many UTC days, today the last.
fn since(now: Timestamp, days: u16) -> Date {
    let today = now.to_zoned(TimeZone::UTC).date();
    let back = jiff::Span::new().days(i64::from(days.max(1)) - 1);
    today.saturating_sub(back)
}

fn say_what_is_missing(context: &Context, gathered: &Gathered) {
    let lang = context.lang;
    say_what_is_untold(context, &gathered.untold);
    for (part, symptom) in &gathered.troubles {
        let is_shown = gathered.figures.knows(*part);
        context.note(&older(*part, &diagnosis::explain(symptom), is_shown, lang));
    }
}

fn say_what_is_untold(context: &Context, untold: &[Untold]) {
    for untold in untold {
        let words = match untold {
            Untold::NeedsManagementKey => NEEDS_MANAGEMENT,
            Untold::NotOpenRouter => NOT_OPENROUTER,
        };
        context.note(words.say(context.lang));
    }
}

/// That a part of the figures is older than it should be, or missing, and why.
fn older(part: Part, diagnosis: &Diagnosis, is_shown: bool, lang: Lang) -> String {
    let part = match part {
        Part::Key => OF_KEY,
        Part::Account => OF_ACCOUNT,
        Part::Daily => OF_DAYS,
        Part::Keys => OF_KEYS,
        Part::Analytics => OF_ANALYTICS,
        Part::Models => OF_MODELS,
    };
    let words = if is_shown { OLDER } else { MISSING };
    words.fill(lang, &[&part.say(lang), &diagnosis.title.say(lang)])
}

/// Without any answer the command failed; with a part of the figures it did not.
fn end(gathered: &Gathered) -> Outcome {
    let trouble = gathered
        .troubles
        .iter()
        .find(|(part, _)| *part == Part::Key);
    match trouble {
        Some((_, symptom)) => Err(Failure::Silent(
            diagnosis::explain(symptom).kind.exit_code(),
        )),
        None => Ok(()),
    }
}
