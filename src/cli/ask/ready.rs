//! A question made ready: its model, its files, what is wished of the answer, what of that the model takes.

use jiff::Timestamp;

use super::Failed;
use super::question::{self, Words};
use crate::cli::args::{AskFlags, SortName};
use crate::cli::context::Context;
use crate::cli::models::tell_older;
use crate::cli::output::Failure;
use crate::domain::chat::{ChatRequest, Message};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::{
    self, DEFAULT_MODEL, DEFAULT_OPENAI_MODEL, ModelCard, names_prices,
};
use crate::domain::outgoing::SecretSpot;
use crate::domain::routing::Routing;
use crate::domain::symptom::Symptom;
use crate::domain::token_estimate;
use crate::domain::tuning::{Thinking, Tuning};
use crate::flow::attach::Gathered;
use crate::jobs::check::default_model;
use crate::jobs::{Access, models, near_models};
use crate::openrouter::{Dialect, OpenRouter};
use crate::text::{Phrase, Said};

/// The most texts that end an answer. Source: `POST /chat/completions`, `stop`.
const MOST_STOPS: usize = 4;

const STOPS: Phrase = Phrase::new("--stop takes four texts at most", "--stop 最多接受四段文字");
const ONLY_OPENROUTERS: Phrase = Phrase::new(
    "left out, since this server is not OpenRouter: {}",
    "此服务器不是 OpenRouter，已省略：{}",
);
const WITH_RULES: Phrase = Phrase::new(
    "with this project's rules (/system in the chat); -s replaces them",
    "附带此项目的规则（对话中用 /system 设置）；可用 -s 代替",
);
const UNSUPPORTED: Phrase = Phrase::new(
    "left out, since {} does not take it: {}",
    "{} 不支持，已省略：{}",
);

/// The longest answer that is asked for where nobody says how long, in tokens.
const USUAL_MAX_TOKENS: u32 = 4096;
/// What is asked of a model where only its code is wanted. It is in English, as models know it best.
const ONLY_CODE: &str =
    "Answer with code alone, in fenced Markdown blocks, without any words around them.";
/// The same where the code goes into files.
const WITH_NAMES: &str = "Put the path of the file that a block of code is meant for behind the language of its fence: ```rust src/main.rs";

/// A question that can be put.
pub(super) struct Ready {
    pub(super) request: ChatRequest,
    /// What goes along.
    pub(super) gathered: Gathered,
    /// What the list tells of the models that may answer, where it was looked at.
    pub(super) cards: Vec<ModelCard>,
    /// Whether the server's list names prices; `None`: no list was looked at, or there is none.
    pub(super) lists_prices: Option<bool>,
    /// What in all of it looks secret.
    pub(super) secrets: Vec<SecretSpot>,
    /// What was wished and is not sent, by the API's names.
    pub(super) left_out: Vec<&'static str>,
}

impl Ready {
    pub(super) async fn make(
        context: &Context,
        flags: &AskFlags,
        words: &Words,
        access: &Access,
        client: &OpenRouter,
    ) -> Result<Self, Failed> {
        let (tuning, routing) = (tuning(flags)?, routing(flags));
        let named = flags.model.clone();
        let model = match named.or_else(|| context.chosen_model(access)) {
            Some(model) => model,
            None => model_for(access, client).await?,
        };
        let sources = question::sources(context, flags, words);
        let mut gathered = question::gather(context, sources).await;
        let wants_prices = flags.estimate || !context.budget.is_unset();
        let (mut cards, mut lists_prices) = (Vec::new(), None);
        if wants_prices || gathered.has_media() || tuning != Tuning::default() {
            let fallbacks = flags.fallbacks.iter().filter(|_| wants_prices);
            let asked = [&model].into_iter().chain(fallbacks);
            let asked: Vec<&str> = asked.map(String::as_str).collect();
            (cards, lists_prices) = cards_of(context, access, &asked, wants_prices).await;
        }
        let card = model_card::card_of(&cards, &model).cloned();
        if let Some(card) = &card {
            gathered.leave_out_unread(card);
        }
        let readers = readers(context, access, &model, &gathered).await;
        question::refused(&gathered, readers)?;
        question::tell_passed_over(context, &gathered);
        let (text, media) = gathered.with_question(&words.joined());
        let own = own_rules(context, flags);
        let rules = rules(own.as_deref(), flags).map(Message::system);
        let message = Message::user(text).with_media(media);
        let messages = rules.into_iter().chain([message]).collect();
        let mut request = ChatRequest {
            fallbacks: flags.fallbacks.clone(),
            tuning,
            routing,
            ..ChatRequest::new(
                model,
                messages,
                flags.max_tokens.unwrap_or(USUAL_MAX_TOKENS),
            )
        };
        // What was typed is asked for as it is.
        if flags.max_tokens.is_none() {
            let tokens = token_estimate::of_request(&request);
            let known = cards.iter();
            request.max_tokens = known.fold(request.max_tokens, |wished, card| {
                card.longest_answer(wished, tokens)
            });
        }
        let left_out = leave_out(context, &mut request, card.as_ref(), client).await?;
        let mut secrets = words.secrets(own.as_deref());
        secrets.extend(gathered.secrets.iter().cloned());
        Ok(Self {
            request,
            gathered,
            cards,
            lists_prices,
            secrets,
            left_out,
        })
    }
}

/// The person's rules: those of the command line, else this project's, which is said.
fn own_rules(context: &Context, flags: &AskFlags) -> Option<String> {
    let rules = flags.system.clone().or_else(|| {
        let rules = context.chosen_rules()?;
        context.note(WITH_RULES.say(context.lang));
        Some(rules)
    });
    rules.filter(|rules| !rules.trim().is_empty())
}

/// The rules: the person's, and what the way of delivery wants.
fn rules(own: Option<&str>, flags: &AskFlags) -> Option<String> {
    let only_code = flags.code.then_some(ONLY_CODE);
    let with_names = flags.save_all.then_some(WITH_NAMES);
    let parts: Vec<&str> = [own, only_code, with_names].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn tuning(flags: &AskFlags) -> Result<Tuning, Failure> {
    if flags.stop.len() > MOST_STOPS {
        return Err(Failure::Usage(STOPS.into()));
    }
    Ok(Tuning {
        temperature: flags.temperature,
        top_p: flags.top_p,
        seed: flags.seed,
        stop: flags.stop.clone(),
        thinking: flags.effort.map(Thinking::Effort),
        hides_reasoning: false,
    })
}

fn routing(flags: &AskFlags) -> Routing {
    Routing {
        order: flags.provider_order.clone(),
        sort: flags.provider_sort.map(SortName::sort),
        denies_collection: flags.no_data_collection,
        zdr: flags.zdr,
        max_price: flags.max_price.unwrap_or_default(),
        ..Routing::default()
    }
}

/// Takes out of a request what would be dropped without a word, and says so. What a server has to promise is
/// never dropped: then nothing is sent.
async fn leave_out(
    context: &Context,
    request: &mut ChatRequest,
    card: Option<&ModelCard>,
    client: &OpenRouter,
) -> Result<Vec<&'static str>, Failed> {
    let mut left_out = request.only_openrouters();
    if left_out.is_empty() || client.speaks_openrouter().await {
        left_out.clear();
    } else {
        if let Some(promise) = request.routing.promise() {
            return Err(Failed::Asked(Symptom::NotPromised(promise)));
        }
        request.fallbacks.clear();
        request.routing = Routing::default();
        context.note(&ONLY_OPENROUTERS.fill(context.lang, &[&left_out.join(", ")]));
    }
    if let Some(card) = card {
        let unsupported = request.leave_out_unsupported(card);
        if !unsupported.is_empty() {
            let model = CleanText::line(&request.model);
            let names = unsupported.join(", ");
            context.note(&UNSUPPORTED.fill(context.lang, &[&model, &names]));
        }
        left_out.extend(unsupported);
    }
    Ok(left_out)
}

/// What the list tells of models: the kept list where no price matters and it names all of them, else the
/// server's, or, where the server does not tell, the last one, which is said. And whether that list names prices.
async fn cards_of(
    context: &Context,
    access: &Access,
    names: &[&str],
    wants_prices: bool,
) -> (Vec<ModelCard>, Option<bool>) {
    // Of a preset no list tells.
    let names = names.iter().filter(|name| !name.starts_with('@'));
    let in_list = |list: &[ModelCard]| -> Vec<Option<ModelCard>> {
        let cards = names.clone().map(|name| model_card::card_of(list, name));
        cards.map(Option::<&ModelCard>::cloned).collect()
    };
    let (scene, server) = (&context.scene, &access.server);
    let key = access.secret();
    // At a port of this machine another server may stand by now.
    if !wants_prices
        && !server.is_loopback()
        && let Some(kept) = models::kept(scene, server, key.as_ref())
        && let Some(cards) = in_list(&kept.value).into_iter().collect()
    {
        return (cards, None);
    }
    if names.clone().next().is_none() {
        return (Vec::new(), None);
    }
    let Ok(listed) = models::list(scene, server, key, Timestamp::now()).await else {
        return (Vec::new(), None);
    };
    tell_older(context, &listed);
    let list = &listed.models.value;
    let cards = in_list(list).into_iter().flatten().collect();
    (cards, Some(names_prices(list)))
}

/// What is said of models that read what this one does not.
async fn readers(
    context: &Context,
    access: &Access,
    model: &str,
    gathered: &Gathered,
) -> Option<Said> {
    let kind = gathered.unread()?;
    let (scene, server) = (&context.scene, &access.server);
    let listed = models::list(scene, server, access.secret(), Timestamp::now()).await;
    near_models::readers_said(model, kind, &listed.ok()?.models.value)
}

/// The model for a person who named none. Only a server of unknown kind has to be asked for it.
async fn model_for(access: &Access, client: &OpenRouter) -> Result<String, Symptom> {
    if access.server.is_openrouter() {
        return Ok(DEFAULT_MODEL.into());
    }
    if access.server.is_openai() {
        return Ok(DEFAULT_OPENAI_MODEL.into());
    }
    match client.identify().await? {
        Dialect::OpenRouter(known) => default_model(client, Some(&known)).await,
        Dialect::OpenAiCompatible => default_model(client, None).await,
    }
}
