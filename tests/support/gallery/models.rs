//! The Models screen.

use std::sync::Arc;

use onramp::domain::clean_text::CleanText;
use onramp::domain::diagnosis::Diagnosis;
use onramp::domain::figures::Known;
use onramp::domain::model_card::ModelCard;
use onramp::domain::model_detail::{Endpoint, LongPrice, ModelDetail, Prices};
use onramp::domain::money::Usd;
use onramp::domain::symptom::{NetworkTrouble, Symptom};
use onramp::flow::{Effect, Reply, Ticket};
use onramp::keymap::{Chord, Key};
use rust_decimal::Decimal;

use super::usage::now;
use super::{Make, Rehearsal};

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("models-loading", |s| {
            s.keys("4");
        }),
        ("models-list", |s| {
            s.shelved().keys("down");
        }),
        ("models-search", |s| {
            s.shelved().keys("/").paste("claude");
        }),
        ("models-filtered", |s| {
            s.shelved().keys("s s i p c $ $");
        }),
        ("models-nothing-found", |s| {
            s.shelved().keys("f m c c c c");
        }),
        ("models-offline", |s| {
            s.shelved().no_list();
        }),
        ("models-no-list", |s| {
            s.keys("4").no_list();
        }),
        ("models-asking", |s| {
            s.shelved().keys("down enter");
        }),
        ("models-detail", |s| {
            s.shelved().keys("down enter").tell_model(sonnet());
        }),
        ("models-free-detail", |s| {
            s.shelved()
                .keys("f enter")
                .untold_model(&Symptom::NoKey)
                .press(Chord::plain(Key::PageDown));
        }),
        ("models-router", |s| {
            s.shelved().keys("/").paste("auto");
            s.keys("enter").reply_to_model(Ok(None));
        }),
        ("models-variants", |s| {
            s.shelved().keys("/").paste("llama");
            s.keys("enter v");
        }),
    ]
}

impl Rehearsal {
    /// A person with favourites looks at the list.
    pub fn shelved(&mut self) -> &mut Self {
        self.keys("4").list_all();
        for model in ["anthropic/claude-sonnet-4.5", "qwen/qwen3-coder"] {
            let row = || all().iter().position(|card| *card.id == *model);
            assert!(row().is_some(), "{model} is in the list");
            self.keys("/").paste(model).press(Chord::ctrl('f'));
            self.keys("esc");
        }
        // What was said of it goes with the next key.
        self.keys("down up")
    }

    /// The list of models came.
    pub fn list_all(&mut self) -> &mut Self {
        let models = Arc::new(Known {
            as_of: now(),
            value: all(),
        });
        self.hear_list(Ok(models))
    }

    /// The server that is in use lists its models, or does not.
    pub fn hear_list(
        &mut self,
        listed: Result<Arc<Known<Vec<ModelCard>>>, Box<Diagnosis>>,
    ) -> &mut Self {
        let server = self.app.facts().base_url.clone();
        self.reply(Reply::ModelsListed { server, listed })
    }

    /// There is no list, or no younger one.
    pub fn no_list(&mut self) -> &mut Self {
        let symptom = Symptom::Network {
            trouble: NetworkTrouble::Dns,
            host: "openrouter.ai".into(),
            proxy: None,
            detail: CleanText::line("no address"),
            ignored: Vec::new(),
        };
        let diagnosis = onramp::diagnosis::explain(&symptom);
        self.hear_list(Err(Box::new(diagnosis)))
    }

    /// The server tells of the model that is looked at.
    pub fn tell_model(&mut self, value: ModelDetail) -> &mut Self {
        let as_of = now();
        self.reply_to_model(Ok(Some(Box::new(Known { as_of, value }))))
    }

    /// The server does not tell.
    pub fn untold_model(&mut self, symptom: &Symptom) -> &mut Self {
        self.reply_to_model(Err(Box::new(onramp::diagnosis::explain(symptom))))
    }

    fn reply_to_model(
        &mut self,
        shown: Result<onramp::flow::models::ModelShown, Box<onramp::domain::diagnosis::Diagnosis>>,
    ) -> &mut Self {
        let ticket = self.model_asked().0;
        self.reply(Reply::ModelShown { ticket, shown })
    }

    /// The last question about one model.
    pub fn model_asked(&self) -> (Ticket, String) {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::ShowModel { ticket, id, .. } => Some((*ticket, id.clone())),
            _ => None,
        });
        asked.expect("it was asked about a model")
    }
}

fn texts(words: &str) -> Vec<CleanText> {
    words.split_whitespace().map(CleanText::line).collect()
}

/// A list with what a list may hold.
pub fn all() -> Vec<ModelCard> {
    let one = |id: &str, name: &str, prices: (&str, &str), context: u64| ModelCard {
        id: id.into(),
        name: name.into(),
        context_length: Some(context),
        max_completion_tokens: Some(context / 4),
        prompt_price: Usd::parse(prices.0),
        completion_price: Usd::parse(prices.1),
        input_modalities: texts("text"),
        output_modalities: texts("text"),
        supported_parameters: texts("max_tokens seed stop temperature tools top_p"),
        created: Some(1_750_000_000),
        ..ModelCard::default()
    };
    let thinks = "include_reasoning max_tokens reasoning structured_outputs tools";
    vec![
        ModelCard {
            input_modalities: texts("text image file"),
            supported_parameters: texts(thinks),
            efforts: texts("high medium low"),
            ..one(
                "anthropic/claude-opus-4.5",
                "Anthropic: Claude Opus 4.5",
                ("0.000005", "0.000025"),
                200_000,
            )
        },
        ModelCard {
            input_modalities: texts("text image"),
            supported_parameters: texts(&format!("{thinks} stop temperature top_p")),
            ..one(
                "anthropic/claude-sonnet-4.5",
                "Anthropic: Claude Sonnet 4.5",
                ("0.000003", "0.000015"),
                1_000_000,
            )
        },
        ModelCard {
            input_modalities: texts("text image file"),
            supported_parameters: texts(thinks),
            efforts: texts("high medium low minimal"),
            ..one(
                "openai/gpt-5-mini",
                "OpenAI: GPT-5 Mini",
                ("0.00000025", "0.000002"),
                400_000,
            )
        },
        one(
            "deepseek/deepseek-v3.2",
            "DeepSeek: DeepSeek V3.2",
            ("0.00000027", "0.0000004"),
            163_840,
        ),
        one(
            "qwen/qwen3-coder",
            "Qwen: Qwen3 Coder 480B A35B",
            ("0.00000022", "0.00000095"),
            262_144,
        ),
        one(
            "meta-llama/llama-3.3-70b-instruct",
            "Meta: Llama 3.3 70B Instruct",
            ("0.00000013", "0.00000038"),
            131_072,
        ),
        one(
            "meta-llama/llama-3.3-70b-instruct:free",
            "Meta: Llama 3.3 70B Instruct (free)",
            ("0", "0"),
            131_072,
        ),
        ModelCard {
            expiration_date: Some("2026-12-31".into()),
            ..one(
                "mistralai/mistral-large-2407",
                "Mistral Large 2407",
                ("0.000002", "0.000006"),
                131_072,
            )
        },
        ModelCard {
            prompt_price: None,
            completion_price: None,
            max_completion_tokens: None,
            supported_parameters: Vec::new(),
            ..one("openrouter/auto", "Auto Router", ("-", "-"), 2_000_000)
        },
    ]
}

/// What a server tells of one model.
pub fn sonnet() -> ModelDetail {
    let usd = |price: &str| Usd::parse(price);
    let prices = Prices {
        prompt: usd("0.000003"),
        completion: usd("0.000015"),
        cache_read: usd("0.0000003"),
        cache_write: usd("0.00000375"),
        web_search: usd("0.01"),
        long: vec![LongPrice {
            over: 200_000,
            prompt: usd("0.000006"),
            completion: usd("0.0000225"),
        }],
        ..Prices::default()
    };
    let one = |provider: &str, uptime: i64, latency: u64, rate: i64| Endpoint {
        provider: provider.into(),
        tag: provider.to_lowercase().as_str().into(),
        context_length: Some(1_000_000),
        max_completion_tokens: Some(64_000),
        prices: prices.clone(),
        uptime_day: Some(Decimal::new(uptime, 2)),
        latency_ms: Some(latency),
        throughput: Some(Decimal::from(rate)),
        ..Endpoint::default()
    };
    ModelDetail {
        id: "anthropic/claude-sonnet-4.5".into(),
        description: CleanText::new(
            "A model for agents and code, with a long context.\n\nIt reasons where that helps, and calls \
             tools side by side.",
        ),
        tokenizer: Some("Claude".into()),
        knowledge_cutoff: Some("2025-01-31".into()),
        is_moderated: true,
        prices: prices.clone(),
        endpoints: vec![
            one("Anthropic", 9_991, 1_380, 62),
            one("Amazon Bedrock", 9_954, 2_040, 48),
            Endpoint {
                quantization: Some("fp8".into()),
                is_degraded: true,
                ..one("Google", 8_712, 5_910, 33)
            },
        ],
        ..ModelDetail::default()
    }
}
