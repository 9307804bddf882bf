//! A question made ready to be asked: the files it names read, and what looks secret in it found.

use jiff::Timestamp;

use super::budget::{self, Allowed};
use super::scene::Scene;
use super::{access, attach, estimate, models, near_models, secrets};
use crate::diagnosis;
use crate::domain::model_card::ModelCard;
use crate::domain::outgoing::SecretSpot;
use crate::domain::symptom::Symptom;
use crate::domain::token_estimate;
use crate::flow::attach::{Gathered, NotAttached, absent_said};
use crate::flow::talk::{Asked, Composed, Draft};
use crate::insight::estimate::Estimate;
use crate::project::Project;
use crate::text::Said;

/// Where a secret in the rules is said to stand: after the command that sets them.
const RULES: &str = "/system";

/// Makes a question ready. It reads files: it blocks.
pub fn compose(scene: &Scene, draft: &Draft, now: Timestamp) -> Composed {
    let project = Project::at(&scene.folder);
    let mentioned = attach::mentioned(&project, &draft.text);
    let mut gathered = attach::gather(&project, &scene.environment, &mentioned.sources);
    if let Some(reader) = common_reader(&draft.asked) {
        gathered.leave_out_unread(&reader);
    }
    let typed = secrets::find_secrets(&draft.text, None);
    let rules = draft.new_rules.as_deref().map_or(Vec::new(), |rules| {
        secrets::find_secrets(rules, Some(RULES))
    });
    let spots = rules.iter().chain(&typed).chain(&gathered.secrets);
    let passed_over = gathered.passed_over_said();
    let (sent, media) = gathered.with_question(&draft.text);
    let tokens =
        token_estimate::of_text(&sent) + media.iter().map(token_estimate::of_media).sum::<u64>();
    let refused = gathered.refused.iter().map(NotAttached::said);
    let readers = readers(scene, draft, &gathered);
    let attached = gathered.attached.iter().map(|it| it.name.clone());
    Composed {
        at: now,
        fresh_id: fresh_id(now),
        project: Some(project.root.to_string_lossy().into_owned()),
        over_budget: over_budget(scene, draft, tokens, now),
        secrets: spots.map(SecretSpot::said).collect(),
        refused: refused.chain(readers).collect(),
        attached: attached.collect(),
        passed_over,
        absent: absent_said(&mentioned.absent),
        tokens: draft.tokens_before + tokens,
        sent,
        media,
    }
}

/// What is said of models of the kept list that read what the one that is asked does not.
fn readers(scene: &Scene, draft: &Draft, gathered: &Gathered) -> Option<Said> {
    let (kind, asked) = (gathered.unread()?, draft.asked.first()?);
    let account = &draft.account;
    let access = access::in_use(scene, account.key.as_ref(), &account.server).ok()?;
    let kept = models::kept(scene, &access.server, account.key.as_ref())?;
    near_models::readers_said(&asked.model, kind, &kept.value)
}

/// What every one of these models reads: a picture goes to all of them or to none.
fn common_reader(asked: &[Asked]) -> Option<ModelCard> {
    let cards = asked.iter().filter_map(|asked| asked.card.clone());
    // Of a model whose list names nothing nothing is known.
    let known = cards.filter(|card| !card.input_modalities.is_empty());
    known.reduce(|mut one, other| {
        one.input_modalities
            .retain(|read| other.input_modalities.contains(read));
        if one.input_modalities.is_empty() {
            // None named would mean that nothing is known.
            one.input_modalities.push("text".into());
        }
        one
    })
}

/// What a budget says that is reached, or that the question would pass: the estimates of all models count
/// together, each with the dearest that may answer in its place. `tokens` are those of the question itself.
fn over_budget(scene: &Scene, draft: &Draft, tokens: u64, now: Timestamp) -> Option<Said> {
    let account = &draft.account;
    let access = access::in_use(scene, account.key.as_ref(), &account.server).ok()?;
    let tokens = draft.tokens_before + tokens;
    let about = |Asked { model, card }: &Asked| {
        let (server, card) = (&access.server, card.as_ref());
        estimate::about(scene, server, model, card, tokens, draft.max_tokens)
    };
    let fallbacks: Vec<Estimate> = draft.fallbacks.iter().map(about).collect();
    let costs = draft.asked.iter().map(|asked| {
        let all = fallbacks.iter();
        all.fold(about(asked), Estimate::or_by).dearest
    });
    // Without the price of one of them nothing is known of the sum.
    let cost = costs.reduce(|sum, cost| Some(sum? + cost?)).flatten();
    let (budget, lists) = (budget::budget(scene), draft.lists_prices);
    let symptom = match budget::allow(scene, &access, budget, cost, lists, now) {
        Ok(Allowed::Yes) => return None,
        Ok(Allowed::Asks(reached)) => Symptom::BudgetReached(reached),
        Err(trouble) => Symptom::File(trouble),
    };
    Some(diagnosis::explain_at(&symptom, now).cause)
}

/// A name that sorts by time and that no other conversation has.
fn fresh_id(now: Timestamp) -> String {
    let mut random = [0_u8; 4];
    // Without randomness two conversations of the same microsecond share a name.
    let _ = getrandom::fill(&mut random);
    let random = random.map(|byte| format!("{byte:02x}")).concat();
    format!("{}-{random}", now.strftime("%Y%m%dT%H%M%S%6f"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Usd;
    use crate::domain::secret::Secret;
    use crate::files::save_private;
    use crate::flow::usage::Account;
    use crate::openrouter::BaseUrl;
    use crate::text::Lang;

    #[test]
    fn a_model_that_answers_in_anothers_place_counts_against_the_budget() {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene::in_folder(folder.path());
        let preferences = scene.paths.config.join("preferences.json");
        save_private(&preferences, br#"{"budget": {"day_usd": "1"}}"#).unwrap();
        let asked = |model: &str, price: &str| Asked {
            model: model.into(),
            card: Some(ModelCard {
                prompt_price: Usd::parse(price),
                completion_price: Usd::parse(price),
                ..ModelCard::default()
            }),
        };
        let is_over = |fallbacks: Vec<Asked>| {
            let draft = Draft {
                account: Account {
                    key: Some(Secret::new("of-a-test")),
                    server: BaseUrl::DEFAULT.into(),
                },
                text: "hi".into(),
                new_rules: None,
                asked: vec![asked("a/b", "0.000001")],
                fallbacks,
                lists_prices: None,
                tokens_before: 0,
                max_tokens: 1000,
            };
            compose(&scene, &draft, Timestamp::UNIX_EPOCH)
                .over_budget
                .is_some()
        };
        assert!(!is_over(vec![]));
        assert!(!is_over(vec![asked("c/d", "0.0009"), asked("u/n", "-")]));
        assert!(is_over(vec![
            asked("c/d", "0.0009"),
            asked("e/f", "0.0011")
        ]));
    }

    #[test]
    fn a_secret_in_the_rules_is_asked_about_like_any_other() {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene::in_folder(folder.path());
        let mut draft = Draft {
            account: Account {
                key: None,
                server: BaseUrl::DEFAULT.into(),
            },
            text: "hi".into(),
            new_rules: Some("Be brief.\nDB_PASSWORD=tr0ub4dor&3".into()),
            asked: vec![],
            fallbacks: vec![],
            lists_prices: None,
            tokens_before: 0,
            max_tokens: 1000,
        };
        let composed = compose(&scene, &draft, Timestamp::UNIX_EPOCH);
        let said: Vec<String> = composed.secrets.iter().map(|it| it.say(Lang::En)).collect();
        assert_eq!(said.len(), 1);
        assert!(said[0].starts_with("/system:2:13: "), "{said:?}");
        draft.new_rules = None;
        let composed = compose(&scene, &draft, Timestamp::UNIX_EPOCH);
        assert_eq!(composed.secrets, []);
    }
}
