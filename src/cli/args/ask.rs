//! The flags of `onramp ask`.

use clap::{Args, ValueEnum};
use rust_decimal::Decimal;

use super::model_name;
use crate::domain::routing::{MaxPrice, SortProviders};
use crate::domain::tuning::{self, Effort};

/// `onramp ask`
#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(in crate::cli) struct AskFlags {
    /// The question; @FILE in it sends that file along, @clipboard the clipboard; standard input is added to it
    #[arg(value_name = "PROMPT")]
    pub(in crate::cli) prompt: Vec<String>,
    /// The model to ask
    #[arg(long, short, value_name = "MODEL", value_parser = model_name)]
    pub(in crate::cli) model: Option<String>,
    /// Rules for the model, in place of those that this project has; empty: none
    #[arg(long, short, value_name = "TEXT")]
    pub(in crate::cli) system: Option<String>,
    /// Make the question by a template: explain, review, test, refactor, commit, shell, or one of your own
    #[arg(long, short, value_name = "NAME")]
    pub(in crate::cli) template: Option<String>,
    /// Use a template of the project without showing it first
    #[arg(long, requires = "template")]
    pub(in crate::cli) trust_template: bool,
    /// Send this along: a file, a folder, a glob in quotes, lines as `FILE:10-40`, a picture, a PDF; again for more
    #[arg(long = "file", short = 'f', value_name = "FILE")]
    pub(in crate::cli) sources: Vec<String>,
    /// Ask for code, and print only the code
    #[arg(long)]
    pub(in crate::cli) code: bool,
    /// Write the answer to this file: whole into a text (.md, .txt), else its code; - is stdout
    #[arg(
        long = "output",
        short = 'o',
        value_name = "FILE",
        conflicts_with = "save_all"
    )]
    pub(in crate::cli) answer_file: Option<String>,
    /// Write every block of code that carries a file's name to that file
    #[arg(long)]
    pub(in crate::cli) save_all: bool,
    /// Write over files that hold something else, and what may be only a part
    #[arg(long = "force")]
    pub(in crate::cli) overwrite: bool,
    /// Take files from anywhere, and write anywhere: outside the project, ignored, binary, .env
    #[arg(long)]
    pub(in crate::cli) any_file: bool,
    /// Send what looks like a secret
    #[arg(long)]
    pub(in crate::cli) allow_secrets: bool,
    /// Send although your own budget is reached
    #[arg(long)]
    pub(in crate::cli) over_budget: bool,
    /// Tell what would be sent and what it would cost, and send nothing
    #[arg(long)]
    pub(in crate::cli) estimate: bool,
    /// The longest answer, in tokens [default: 4096, or less where the model is known to give no more]
    #[arg(long, value_name = "TOKENS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) max_tokens: Option<u32>,
    /// Models that answer when the first one cannot, in this order
    #[arg(long = "fallback", value_name = "MODEL,…", value_delimiter = ',', value_parser = model_name)]
    pub(in crate::cli) fallbacks: Vec<String>,
    /// Which provider comes first: price, throughput or latency
    #[arg(long, value_name = "BY", value_enum, hide_possible_values = true)]
    pub(in crate::cli) provider_sort: Option<SortName>,
    /// Providers to try first, in this order
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(in crate::cli) provider_order: Vec<String>,
    /// Only providers that keep nothing (zero data retention)
    #[arg(long)]
    pub(in crate::cli) zdr: bool,
    /// Only providers that keep no question for training
    #[arg(long)]
    pub(in crate::cli) no_data_collection: bool,
    /// The dearest a provider may be, USD per million tokens read and written: 1,5; one number for both
    #[arg(long, value_name = "USD[,USD]", value_parser = max_price)]
    pub(in crate::cli) max_price: Option<MaxPrice>,
    /// How freely words are chosen, 0 to 2
    #[arg(long, value_name = "N", value_parser = temperature)]
    pub(in crate::cli) temperature: Option<Decimal>,
    /// The share of likelihood that words are drawn from, above 0 to 1
    #[arg(long, value_name = "N", value_parser = top_p)]
    pub(in crate::cli) top_p: Option<Decimal>,
    /// The same seed gives the same answer, as far as the provider keeps to it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(in crate::cli) seed: Option<i64>,
    /// End the answer before this text; again for up to four
    #[arg(long, value_name = "TEXT", value_parser = stop)]
    pub(in crate::cli) stop: Vec<String>,
    /// How hard it thinks first: none, minimal, low, medium, high, xhigh or max
    #[arg(long, value_name = "EFFORT", value_parser = effort)]
    pub(in crate::cli) effort: Option<Effort>,
    /// Print JSON once the answer is whole
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Wait for the whole answer instead of streaming it
    #[arg(long)]
    pub(in crate::cli) no_stream: bool,
}

/// `onramp ask --provider-sort`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SortName {
    Price,
    Throughput,
    Latency,
}

impl SortName {
    pub(in crate::cli) fn sort(self) -> SortProviders {
        match self {
            Self::Price => SortProviders::Price,
            Self::Throughput => SortProviders::Throughput,
            Self::Latency => SortProviders::Latency,
        }
    }
}

fn temperature(text: &str) -> Result<Decimal, String> {
    tuning::temperature(text).ok_or_else(|| "a number from 0 to 2, such as 0.7".into())
}

fn top_p(text: &str) -> Result<Decimal, String> {
    tuning::top_p(text).ok_or_else(|| "a number above 0, up to 1, such as 0.9".into())
}

fn effort(text: &str) -> Result<Effort, String> {
    Effort::named(text).ok_or_else(|| "one of none, minimal, low, medium, high, xhigh, max".into())
}

fn stop(text: &str) -> Result<String, String> {
    match text {
        "" => Err("a text that is not empty".into()),
        text => Ok(text.to_owned()),
    }
}

fn max_price(text: &str) -> Result<MaxPrice, String> {
    MaxPrice::parse(text)
        .ok_or_else(|| "USD per million tokens, read and written, such as 1,5".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Usd;

    #[test]
    fn a_price_is_for_what_is_read_and_what_is_written() {
        let both = |text: &str| {
            let price = max_price(text).ok()?;
            Some((price.prompt, price.completion))
        };
        let usd = Usd::parse;
        assert_eq!(both("1,5"), Some((usd("1"), usd("5"))));
        assert_eq!(both("0.5"), Some((usd("0.5"), usd("0.5"))));
        assert_eq!(both(",5"), Some((None, usd("5"))));
        assert_eq!(both("1,"), Some((usd("1"), None)));
        for wrong in ["", ",", "a", "1,2,3", "-1"] {
            assert_eq!(both(wrong), None, "{wrong}");
        }
    }
}
