//! What the person wishes of answers besides the model: how it samples and thinks, who stands in for it, and who runs it.
//!
//! `/set` lists the wishes, `/set NAME VALUE` sets one, `/set NAME` takes it back.

mod table;

use self::table::{ROWS, Row, Wish};
use super::limits::OFF;
use super::state::{Chat, card_of};
use super::update::{news, trouble};
use crate::domain::chat::{ChatRequest, Message, unsupported};
use crate::domain::clean_text::CleanText;
use crate::domain::count::grouped;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::routing::{MaxPrice, SortProviders};
use crate::domain::terms::Terms;
use crate::domain::tuning::{self, Effort, Thinking};
use crate::flow::menu::Menu;
use crate::flow::{Facts, Intent, Step};
use crate::screens::sheet::Given;
use crate::text::{Phrase, Said};

/// The name of the question which wish is to be set.
pub(super) const WISHES: &str = "wishes";
/// The longest answer that is asked for unless the person says otherwise, in tokens.
pub(super) const USUAL_MAX_TOKENS: u32 = 8_192;
/// Fallback models that OpenRouter takes. Source: `POST /chat/completions`, `models`.
const MOST_FALLBACKS: usize = 3;

const TITLE: Phrase = Phrase::new("What goes along with each question", "随每个问题发送的设置");
const HOW: Phrase = Phrase::new(
    "Choose one, or type /set NAME VALUE; without a value it is taken back.",
    "选择一项，或输入 /set 名称 值；不带值则取消。",
);
const NAMED: Phrase = Phrase::new("{}: {}", "{}：{}");
const NOT_TAKEN: Phrase = Phrase::new("{} (this model does not take it)", "{}（此模型不支持）");
const NOT_OFFERED: Phrase = Phrase::new(
    "Not for this model, and so not in the list: {}",
    "此模型不支持，未列出：{}",
);
const OTHER_EFFORTS: Phrase = Phrase::new(
    "this model takes no effort “{}”, but {}",
    "此模型不支持思考强度“{}”，可用：{}",
);
const SET: Phrase = Phrase::new("{} from now on: {}", "以后 {}：{}");
const TAKEN_BACK: Phrase = Phrase::new("{} is left to the model again", "{} 恢复为模型的默认值");
const NO_SUCH: Phrase = Phrase::new(
    "there is no setting “{}”; /set lists them",
    "没有名为“{}”的设置；/set 可列出全部",
);
const WRONG: Phrase = Phrase::new("{} takes {}", "{} 的值应为：{}");
const TYPE_IT: Phrase = Phrase::new("type /set {} VALUE", "请输入 /set {} 值");
const NOT_SENT: Phrase = Phrase::new("not sent to this model: {}", "不发送给此模型：{}");

/// What the person wants of answers.
#[derive(Clone, Debug)]
pub(super) struct Wishes {
    /// The model of this conversation; `None`: the project's.
    pub(super) model: Option<String>,
    /// The model that is asked beside it.
    pub(super) rival: Option<String>,
    pub(super) max_tokens: u32,
    /// What it was before a trouble was mended by a shorter answer; `None`: it was not.
    max_tokens_before: Option<u32>,
    /// The most this conversation may cost, USD.
    pub(super) budget: Option<Usd>,
    /// The rows that were offered to choose from last.
    offered: Vec<usize>,
    /// All that goes to the server besides; kept with each answer.
    pub(super) terms: Terms,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            model: None,
            rival: None,
            max_tokens: USUAL_MAX_TOKENS,
            max_tokens_before: None,
            budget: None,
            offered: Vec::new(),
            terms: Terms::default(),
        }
    }
}

impl Wishes {
    /// A request with all that is wished; what the model does not take is not sent.
    pub(super) fn request(
        &self,
        model: &str,
        messages: Vec<Message>,
        card: Option<&ModelCard>,
    ) -> ChatRequest {
        let mut request = self.whole(model, messages);
        if let Some(card) = card {
            request.leave_out_unsupported(card);
        }
        request
    }

    /// Models that answer when the one that is asked cannot.
    pub(super) fn fallbacks(&self) -> &[String] {
        &self.terms.fallbacks
    }

    /// Answers are to be this long at most, in tokens.
    pub(super) fn take_max_tokens(&mut self, tokens: u32) {
        self.max_tokens = tokens;
        self.max_tokens_before = None;
    }

    /// The same so that what went wrong works, for as long as this conversation is on show.
    pub(super) fn mend_max_tokens(&mut self, tokens: u32) {
        self.max_tokens_before.get_or_insert(self.max_tokens);
        self.max_tokens = tokens;
    }

    /// Another conversation comes, in which nothing went wrong.
    pub(super) fn end_of_mending(&mut self) {
        if let Some(tokens) = self.max_tokens_before.take() {
            self.max_tokens = tokens;
        }
    }

    fn whole(&self, model: &str, messages: Vec<Message>) -> ChatRequest {
        ChatRequest {
            fallbacks: self.terms.fallbacks.clone(),
            tuning: self.terms.tuning.clone(),
            routing: self.terms.routing.clone(),
            ..ChatRequest::new(model, messages, self.max_tokens)
        }
    }

    /// How a wish stands; `None`: nothing is wished.
    fn value(&self, wish: Wish) -> Option<String> {
        let Terms {
            tuning,
            routing,
            fallbacks,
        } = &self.terms;
        let list = |names: &[String]| (!names.is_empty()).then(|| names.join(","));
        match wish {
            Wish::Temperature => tuning.temperature.map(|it| it.to_string()),
            Wish::TopP => tuning.top_p.map(|it| it.to_string()),
            Wish::Seed => tuning.seed.map(|it| it.to_string()),
            Wish::Stop => list(&tuning.stop),
            Wish::Effort => match tuning.thinking? {
                Thinking::Effort(effort) => Some(effort.word().to_owned()),
                Thinking::Tokens(tokens) => Some(tokens.to_string()),
            },
            Wish::Fallbacks => list(fallbacks),
            Wish::Sort => routing.sort.map(|it| it.word().to_owned()),
            Wish::Order => list(&routing.order),
            Wish::Only => list(&routing.only),
            Wish::Ignore => list(&routing.ignore),
            Wish::Privacy if routing.zdr => Some("zdr".to_owned()),
            Wish::Privacy => routing.denies_collection.then(|| "no-training".to_owned()),
            Wish::MaxPrice => routing.max_price.typed(),
            Wish::MaxTokens => {
                let is_usual = self.max_tokens == USUAL_MAX_TOKENS;
                (!is_usual).then(|| grouped(self.max_tokens.into()))
            }
            Wish::Budget => self.budget.map(|budget| budget.to_string()),
        }
    }

    /// Sets a wish, or takes it back where nothing is typed; `None`: it takes no such value, and stays.
    fn set(&mut self, wish: Wish, typed: &str) -> Option<()> {
        let Terms {
            tuning,
            routing,
            fallbacks,
        } = &mut self.terms;
        let is_none = typed.is_empty();
        let names = names(typed);
        match wish {
            Wish::Temperature if is_none => tuning.temperature = None,
            Wish::Temperature => tuning.temperature = Some(tuning::temperature(typed)?),
            Wish::TopP if is_none => tuning.top_p = None,
            Wish::TopP => tuning.top_p = Some(tuning::top_p(typed)?),
            Wish::Seed if is_none => tuning.seed = None,
            Wish::Seed => tuning.seed = Some(typed.parse().ok()?),
            Wish::Stop if is_none => tuning.stop.clear(),
            Wish::Stop => tuning.stop = vec![typed.to_owned()],
            Wish::Effort if is_none => tuning.thinking = None,
            Wish::Effort => tuning.thinking = Some(Thinking::Effort(Effort::named(typed)?)),
            Wish::Fallbacks if names.len() > MOST_FALLBACKS => return None,
            Wish::Fallbacks => *fallbacks = names,
            Wish::Sort if is_none => routing.sort = None,
            Wish::Sort => routing.sort = Some(SortProviders::named(typed)?),
            Wish::Order => routing.order = names,
            Wish::Only => routing.only = names,
            Wish::Ignore => routing.ignore = names,
            Wish::Privacy => {
                let (zdr, denies_collection) = match typed {
                    "" => (false, false),
                    "no-training" => (false, true),
                    "zdr" => (true, true),
                    _ => return None,
                };
                routing.zdr = zdr;
                routing.denies_collection = denies_collection;
            }
            Wish::MaxPrice if is_none => routing.max_price = MaxPrice::default(),
            Wish::MaxPrice => routing.max_price = MaxPrice::parse(typed)?,
            // These have a command of their own, which sets them.
            Wish::MaxTokens | Wish::Budget => return None,
        }
        Some(())
    }
}

fn names(typed: &str) -> Vec<String> {
    let names = typed.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Chat {
    /// `/set`: lists the wishes, or sets one.
    pub(super) fn set_wish(&mut self, rest: &str, facts: &Facts) -> Step {
        if rest.is_empty() {
            return self.list_wishes(facts);
        }
        let (name, typed) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let Some(row) = ROWS.iter().find(|row| row.name == name) else {
            let name = CleanText::line(name).shortened(40);
            return trouble(Said::new(NO_SUCH, &[&name]));
        };
        let typed = typed.trim();
        let or_off = if typed.is_empty() { OFF } else { typed };
        match row.wish {
            Wish::MaxTokens => return self.set_max_tokens(or_off),
            Wish::Budget => return self.set_budget(or_off),
            Wish::Effort => {
                if let Some(said) = self.other_efforts(typed, facts) {
                    return trouble(said);
                }
            }
            _ => {}
        }
        if self.wishes.set(row.wish, typed).is_none() {
            return trouble(Said::new(WRONG, &[&row.name, &row.takes.say(facts.lang)]));
        }
        match self.wishes.value(row.wish) {
            Some(value) => {
                let value = CleanText::line(&value).shortened(60);
                news(Said::new(SET, &[&row.name, &value]))
            }
            None => news(Said::new(TAKEN_BACK, &[&row.name])),
        }
    }

    /// Why the model does not take an effort that was typed, where it does not.
    fn other_efforts(&self, typed: &str, facts: &Facts) -> Option<Said> {
        let effort = Effort::named(typed)?;
        let card = card_of(self.model(facts), facts)?;
        let is_taken = card.takes_effort(effort);
        (!is_taken).then(|| Said::new(OTHER_EFFORTS, &[&effort.word(), &efforts(card)]))
    }

    /// Offers what the model takes, and what is wished though it does not take it.
    fn list_wishes(&mut self, facts: &Facts) -> Step {
        let card = card_of(self.model(facts), facts);
        let takes = |row: &Row| {
            let parameter = row.parameter.zip(card);
            parameter.is_none_or(|(name, card)| card.takes(name))
        };
        let mut menu = Menu::new(WISHES, TITLE).say(HOW);
        let mut left_out = Vec::new();
        self.wishes.offered.clear();
        for (number, row) in ROWS.iter().enumerate() {
            let value = self.wishes.value(row.wish);
            if value.is_none() && !takes(row) {
                left_out.push(row.name);
                continue;
            }
            self.wishes.offered.push(number);
            let label = match value {
                Some(value) => {
                    let value = CleanText::line(&value).shortened(40);
                    Said::new(NAMED, &[&row.name, &value])
                }
                None => Said::verbatim(row.name),
            };
            let words = match card {
                Some(card) if row.wish == Wish::Effort && !card.efforts.is_empty() => {
                    Said::verbatim(efforts(card))
                }
                _ => Said::from(row.takes),
            };
            let note = if takes(row) {
                words
            } else {
                Said::joined(NOT_TAKEN, &[words])
            };
            menu = menu.answer(label, Some(note));
        }
        if !left_out.is_empty() {
            menu = menu.say(Said::new(NOT_OFFERED, &[&left_out.join(", ")]));
        }
        Step::intent(Intent::Ask(menu))
    }

    /// A wish was chosen from the list: its value is typed in the editor.
    pub(super) fn wish_chosen(&mut self, given: &Given) -> Step {
        let Given::Choice(choice) = given else {
            return Step::idle();
        };
        let offered = self.wishes.offered.get(*choice);
        let Some(row) = offered.and_then(|number| ROWS.get(*number)) else {
            return Step::idle();
        };
        let value = self.wishes.value(row.wish).unwrap_or_default();
        if self.is_by_lines {
            return news(Said::new(TYPE_IT, &[&row.name]));
        }
        self.set_prompt(&format!("/set {} {value}", row.name));
        Step::changed()
    }

    /// What goes along with the next question, and what of it the model does not get.
    pub(super) fn wishes_said(&self, facts: &Facts) -> Vec<String> {
        let lang = facts.lang;
        // The budget stands beside what was spent of it.
        let rows = ROWS.iter().filter(|row| row.wish != Wish::Budget);
        // The line may be cut: what others may do with it comes first.
        let (privacy, others): (Vec<_>, Vec<_>) = rows.partition(|row| row.wish == Wish::Privacy);
        let wished = privacy.into_iter().chain(others).filter_map(|row| {
            let value = CleanText::line(&self.wishes.value(row.wish)?).shortened(24);
            Some(format!("{} {value}", row.name))
        });
        let mut said: Vec<String> = wished.collect();
        // Every wish has its row: without one nothing can be left out.
        if said.is_empty() {
            return said;
        }
        let whom = self.whom_typed(facts);
        let mut left_out = Vec::new();
        for model in whom.models() {
            if let Some(card) = card_of(model, facts) {
                let request = self.wishes.whole(model, Vec::new());
                left_out.extend(unsupported(card, &request));
            }
        }
        left_out.sort_unstable();
        left_out.dedup();
        if !left_out.is_empty() {
            // First: the line may be cut.
            said.insert(0, NOT_SENT.fill(lang, &[&left_out.join(", ")]));
        }
        said
    }
}

/// The words for how hard a model thinks.
fn efforts(card: &ModelCard) -> String {
    let words = card.efforts.iter().map(CleanText::as_str);
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wish_is_set_told_and_taken_back() {
        for (name, typed, told) in [
            ("temperature", "0.20", "0.2"),
            ("top-p", "0.9", "0.9"),
            ("seed", "-7", "-7"),
            ("stop-at", "END", "END"),
            ("effort", "HIGH", "high"),
            ("fallbacks", "a/b, c/d", "a/b,c/d"),
            ("sort", "latency", "latency"),
            ("order", "openai,azure", "openai,azure"),
            ("only", "openai", "openai"),
            ("ignore", "azure", "azure"),
            ("privacy", "no-training", "no-training"),
            ("privacy", "zdr", "zdr"),
            ("max-price", "1,5", "1,5"),
        ] {
            let row = ROWS.iter().find(|row| row.name == name).unwrap();
            let mut wishes = Wishes::default();
            assert_eq!(wishes.value(row.wish), None, "{name}");
            assert_eq!(wishes.set(row.wish, typed), Some(()), "{name}");
            assert_eq!(wishes.value(row.wish).as_deref(), Some(told), "{name}");
            let before = wishes.whole("a/b", Vec::new());
            assert_ne!(before, Wishes::default().whole("a/b", Vec::new()), "{name}");
            assert_eq!(wishes.set(row.wish, ""), Some(()), "{name}");
            assert_eq!(wishes.value(row.wish), None, "{name}");
        }
    }

    #[test]
    fn what_a_wish_does_not_take_changes_nothing() {
        let mut wishes = Wishes::default();
        for (wish, typed) in [
            (Wish::Temperature, "2.5"),
            (Wish::TopP, "0"),
            (Wish::Seed, "x"),
            (Wish::Effort, "very"),
            (Wish::Fallbacks, "a/a,b/b,c/c,d/d"),
            (Wish::Sort, "beauty"),
            (Wish::Privacy, "some"),
            (Wish::MaxPrice, "-1"),
        ] {
            assert_eq!(wishes.set(wish, typed), None, "{wish:?}");
            assert_eq!(wishes.value(wish), None, "{wish:?}");
        }
    }

    #[test]
    fn what_the_model_does_not_take_is_not_sent() {
        let mut wishes = Wishes::default();
        wishes.set(Wish::Temperature, "0.2").unwrap();
        wishes.set(Wish::Seed, "7").unwrap();
        let card = ModelCard {
            supported_parameters: vec![CleanText::line("seed")],
            ..ModelCard::default()
        };
        let request = wishes.request("a/b", Vec::new(), Some(&card));
        assert_eq!(request.tuning.temperature, None);
        assert_eq!(request.tuning.seed, Some(7));
    }
}
