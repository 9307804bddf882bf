//! `onramp models`: the list with its prices.

mod prices;
mod show;

use std::io::IsTerminal;

use jiff::Timestamp;
use serde::Serialize;

use super::args::{ModelsFlags, ModelsVerb, SortBy};
use super::context::Context;
use super::output::{Outcome, print_json, print_line};
use super::tui;
use crate::controls::fuzzy::Matcher;
use crate::controls::wanted::{Order, Wanted};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::count;
use crate::domain::model_card::{DEFAULT_MODEL, ModelCard, names_prices, per_million, sought};
use crate::domain::money::Usd;
use crate::domain::symptom::Symptom;
use crate::insight::prices::Purchase;
use crate::jobs::Access;
use crate::jobs::models::{self, Listed};
use crate::jobs::usage;
use crate::text::{Lang, Phrase};
use crate::ui::wrap::{clip, pad, width};
use prices::Asked;

const HEAD: [Phrase; 4] = [
    Phrase::new("model", "模型"),
    Phrase::new("context", "上下文"),
    Phrase::new("in $/M", "输入 $/M"),
    Phrase::new("out $/M", "输出 $/M"),
];
const FREE: Phrase = Phrase::new("free", "免费");
const VARIES: Phrase = Phrase::new("varies", "不定");
const NONE: Phrase = Phrase::new("no model matches", "没有匹配的模型");
const COUNT: Phrase = Phrase::new("{} of {} models", "{} / {} 个模型");
const OLDER: Phrase = Phrase::new("{}; this is the list of {}", "{}；这是 {} 的列表");
const RETIRES: Phrase = Phrase::new("retires {}", "{} 下线");

impl ModelsFlags {
    /// Nothing is asked for but the models themselves, by a person in front of a screen.
    pub(super) fn wants_screen(&self, context: &Context) -> bool {
        let is_bare = self.verb.is_none()
            && self.query.is_empty()
            && self.sort.is_none()
            && !(self.free || self.prices || self.json);
        is_bare && !context.look.is_plain && tui::has_terminal()
    }
}

pub(super) async fn run(context: &Context, flags: ModelsFlags) -> Outcome {
    let access = context
        .access_or_none()
        .map_err(|symptom| super::diagnosed(&symptom))?;
    if let Some(ModelsVerb::Show { model, json }) = &flags.verb {
        return show::run(context, &access, model, *json).await;
    }
    let now = Timestamp::now();
    let listed = models::list(&context.scene, &access.server, access.secret(), now).await;
    let listed = listed.map_err(|symptom| super::diagnosed(&symptom))?;
    tell_older(context, &listed);
    let all = listed.models.value;
    if flags.prices {
        return price(context, &access, all, &flags, now);
    }
    let total = all.len();
    let models = choose(&all, &flags);
    if flags.json {
        let rows: Vec<ModelJson<'_>> = models.iter().map(ModelJson::of).collect();
        print_json(&rows);
        return Ok(());
    }
    if models.is_empty() {
        context.note(NONE.say(context.lang));
        return Ok(());
    }
    print_table(&models, context);
    context.note(&COUNT.fill(context.lang, &[&models.len(), &total]));
    Ok(())
}

/// Says of an older list how old it is, and what was in the way of a younger one.
pub(super) fn tell_older(context: &Context, listed: &Listed) {
    if let Some(symptom) = &listed.trouble {
        let title = diagnosis::explain(symptom).title.say(context.lang);
        let as_of = listed.models.as_of.strftime("%Y-%m-%d %H:%M UTC");
        context.note(&OLDER.fill(context.lang, &[&title, &as_of]));
    }
}

/// Prices the models that are asked for; where none are, those in use.
fn price(
    context: &Context,
    access: &Access,
    all: Vec<ModelCard>,
    flags: &ModelsFlags,
    now: Timestamp,
) -> Outcome {
    let month = usage::own_month(&context.scene, access, now)
        .map_err(|trouble| super::diagnosed(&Symptom::File(trouble)))?;
    let names_some = !flags.query.is_empty() || flags.free || flags.sort.is_some();
    let models = if names_some {
        choose(&all, flags)
    } else {
        let used = month.as_ref().map(|month| month.models.as_slice());
        in_use(all, used.unwrap_or_default())
    };
    if models.is_empty() && !flags.json {
        context.note(NONE.say(context.lang));
        return Ok(());
    }
    // A company's own gateway sells no credits.
    let sells = access.server.is_openrouter() || access.server.is_loopback();
    let asked = Asked {
        models,
        month,
        purchase: sells.then(Purchase::default),
    };
    if flags.json {
        prices::print_as_json(context, &asked);
    } else {
        prices::print(context, &asked);
    }
    Ok(())
}

/// The models in use, the dearest first, and the usual one.
fn in_use(all: Vec<ModelCard>, used: &[String]) -> Vec<ModelCard> {
    let place = |card: &ModelCard| {
        let used_at = used.iter().position(|model| *model == *card.id);
        used_at.or_else(|| (*card.id == *DEFAULT_MODEL).then_some(used.len()))
    };
    let mut models: Vec<ModelCard> = all
        .into_iter()
        .filter(|card| place(card).is_some())
        .collect();
    models.sort_by_key(place);
    models
}

fn choose(all: &[ModelCard], flags: &ModelsFlags) -> Vec<ModelCard> {
    let wanted = Wanted {
        free: flags.free,
        ..Wanted::default()
    };
    let names: Vec<String> = all
        .iter()
        .map(|model| format!("{} {}", model.id, model.name))
        .collect();
    let retires = |place: usize| all[place].expiration_date.is_some();
    let query = flags.query.join(" ");
    let (query, _) = sought(&query);
    let mut places = Matcher::new().rank_among(query, &names, 0..names.len(), retires);
    places.retain(|&place| wanted.holds(&all[place]));
    let order = match flags.sort {
        None => Order::Given,
        Some(SortBy::Price) => Order::Price,
        Some(SortBy::Context) => Order::Context,
        Some(SortBy::New) => Order::New,
    };
    order.sort(&mut places, all);
    places.into_iter().map(|at| all[at].clone()).collect()
}

fn print_table(models: &[ModelCard], context: &Context) {
    let lang = context.lang;
    let mut rows: Vec<Vec<String>> = vec![HEAD.map(|head| head.say(lang).to_owned()).into()];
    // A server that names no prices at all is not said to vary.
    let has_prices = names_prices(models);
    rows.extend(models.iter().map(|model| row(model, has_prices, lang)));
    print_columns(&rows);
}

/// Rows under their head: names to the left, all else to the right.
fn print_columns(rows: &[Vec<String>]) {
    // A script that reads the table wants whole names; a screen wants whole lines.
    let longest = if std::io::stdout().is_terminal() {
        56
    } else {
        usize::MAX
    };
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..columns).map(widest).collect();
    if let Some(names) = widths.first_mut() {
        *names = (*names).min(longest);
    }
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (cell, &columns))| match at {
            0 => pad(&clip(cell, columns), columns),
            _ => pad_left(cell, columns),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        print_line(line.trim_end());
    }
}

fn row(model: &ModelCard, has_prices: bool, lang: Lang) -> Vec<String> {
    let context = model
        .context_length
        .map_or_else(String::new, count::compact);
    let price = |price: Option<Usd>| match price {
        None if !has_prices => String::new(),
        price => shown_price(price, lang),
    };
    let id = match &model.expiration_date {
        Some(day) => format!("{} ({})", model.id, RETIRES.fill(lang, &[day])),
        None => model.id.to_string(),
    };
    vec![
        id,
        context,
        price(model.prompt_price),
        price(model.completion_price),
    ]
}

/// USD per million tokens, or a word in its place.
fn shown_price(price: Option<Usd>, lang: Lang) -> String {
    match price {
        Some(price) if price.is_zero() => FREE.say(lang).to_owned(),
        Some(price) => per_million(price),
        None => VARIES.say(lang).to_owned(),
    }
}

fn pad_left(text: &str, columns: usize) -> String {
    let blanks = " ".repeat(columns.saturating_sub(width(text)));
    format!("{blanks}{text}")
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct ModelJson<'a> {
    id: &'a CleanText,
    name: &'a CleanText,
    context_length: Option<u64>,
    max_completion_tokens: Option<u64>,
    prompt_usd_per_mtok: Option<Usd>,
    completion_usd_per_mtok: Option<Usd>,
    free: bool,
    input_modalities: &'a [CleanText],
    output_modalities: &'a [CleanText],
    supported_parameters: &'a [CleanText],
    created: Option<i64>,
    expiration_date: Option<&'a CleanText>,
}

impl<'a> ModelJson<'a> {
    fn of(model: &'a ModelCard) -> Self {
        Self {
            id: &model.id,
            name: &model.name,
            context_length: model.context_length,
            max_completion_tokens: model.max_completion_tokens,
            prompt_usd_per_mtok: model.prompt_price.map(|price| price.times(1_000_000)),
            completion_usd_per_mtok: model.completion_price.map(|price| price.times(1_000_000)),
            free: model.is_free(),
            input_modalities: &model.input_modalities,
            output_modalities: &model.output_modalities,
            supported_parameters: &model.supported_parameters,
            created: model.created,
            expiration_date: model.expiration_date.as_ref(),
        }
    }
}
