//! `onramp models`: the list with its prices.

use std::io::IsTerminal;

use jiff::Timestamp;
use serde::Serialize;

use super::args::{ModelsFlags, SortBy};
use super::context::Context;
use super::output::{Outcome, print_json, print_line};
use crate::controls::fuzzy;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::count;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::symptom::Symptom;
use crate::jobs::models::{self, Listed};
use crate::text::Phrase;
use crate::ui::wrap::{clip, pad, width};

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

pub(super) async fn run(context: &Context, flags: ModelsFlags) -> Outcome {
    let Listed { models, trouble } = list(context)
        .await
        .map_err(|symptom| super::diagnosed(&symptom))?;
    if let Some(symptom) = trouble {
        let title = diagnosis::explain(&symptom).title.say(context.lang);
        let as_of = models.as_of.strftime("%Y-%m-%d %H:%M UTC");
        context.note(&OLDER.fill(context.lang, &[&title, &as_of]));
    }
    let all = models.value;
    let total = all.len();
    let models = choose(all, &flags);
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

/// The models of the server in force.
async fn list(context: &Context) -> Result<Listed, Symptom> {
    let (server, key) = match context.access() {
        Ok(access) => {
            let key = access.secret();
            (access.server, key)
        }
        Err(Symptom::NoKey) => (context.server().unwrap_or_default(), None),
        // A file in the way of a key is in the way of nothing here, unless it was named.
        Err(Symptom::File(_)) if context.scene.env_file.is_none() => {
            (context.server().unwrap_or_default(), None)
        }
        Err(symptom) => return Err(symptom),
    };
    models::list(&context.scene, &server, key, Timestamp::now()).await
}

fn choose(all: Vec<ModelCard>, flags: &ModelsFlags) -> Vec<ModelCard> {
    let mut models: Vec<ModelCard> = all
        .into_iter()
        .filter(|model| !flags.free || model.is_free())
        .collect();
    let query = flags.query.join(" ");
    if !query.trim().is_empty() {
        let names: Vec<String> = models
            .iter()
            .map(|model| format!("{} {}", model.id, model.name))
            .collect();
        models = fuzzy::rank(&query, &names)
            .into_iter()
            .filter_map(|at| models.get(at).cloned())
            .collect();
    }
    match flags.sort {
        None => {}
        // Unknown prices are not cheap.
        Some(SortBy::Price) => models.sort_by_key(|model| {
            let price = model.prompt_price.zip(model.completion_price);
            (
                price.is_none(),
                price.map(|(prompt, completion)| prompt + completion),
            )
        }),
        Some(SortBy::Context) => {
            models.sort_by_key(|model| std::cmp::Reverse(model.context_length));
        }
        Some(SortBy::New) => models.sort_by_key(|model| std::cmp::Reverse(model.created)),
    }
    models
}

fn print_table(models: &[ModelCard], context: &Context) {
    let lang = context.lang;
    let mut rows: Vec<[String; 4]> = vec![HEAD.map(|head| head.say(lang).to_owned())];
    // A server that names no prices at all is not said to vary.
    let has_prices = models.iter().any(|model| model.prompt_price.is_some());
    rows.extend(models.iter().map(|model| row(model, has_prices, lang)));
    // A script that reads the table wants whole names; a screen wants whole lines.
    let longest = if std::io::stdout().is_terminal() {
        56
    } else {
        usize::MAX
    };
    let widest = |column: usize| {
        rows.iter()
            .map(|row| width(&row[column]))
            .max()
            .unwrap_or(0)
    };
    let columns = [widest(0).min(longest), widest(1), widest(2), widest(3)];
    for row in &rows {
        let [id, context, prompt, completion] = row;
        let line = format!(
            "{}  {}  {}  {}",
            pad(&clip(id, columns[0]), columns[0]),
            pad_left(context, columns[1]),
            pad_left(prompt, columns[2]),
            pad_left(completion, columns[3]),
        );
        print_line(line.trim_end());
    }
}

fn row(model: &ModelCard, has_prices: bool, lang: crate::text::Lang) -> [String; 4] {
    let context = model
        .context_length
        .map_or_else(String::new, count::compact);
    let price = |price: Option<Usd>| match price {
        Some(price) if price.is_zero() => FREE.say(lang).to_owned(),
        Some(price) => per_million(price),
        None if has_prices => VARIES.say(lang).to_owned(),
        None => String::new(),
    };
    let id = match &model.expiration_date {
        Some(day) => format!("{} ({})", model.id, RETIRES.fill(lang, &[day])),
        None => model.id.to_string(),
    };
    [
        id,
        context,
        price(model.prompt_price),
        price(model.completion_price),
    ]
}

/// USD per million tokens, with the cents that matter.
fn per_million(price: Usd) -> String {
    let amount = price.times(1_000_000).decimal().normalize();
    format!(
        "{:.2}",
        amount.round_dp(if amount.scale() > 2 { 4 } else { 2 })
    )
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
