//! The sums by day agree with the requests, whatever happened in whatever order.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// Something that can happen to a ledger. Requests are named by their place among those that began.
#[derive(Clone, Debug)]
enum Step {
    Begin { hour: u8, model: u8 },
    Start(usize, u8),
    Finish(usize, Ending),
    FinishAgain,
    Complete(usize, Ending),
    GiveUp(usize),
    Rebuild,
    OpenAgain,
}

fn ending() -> impl Strategy<Value = Ending> {
    let outcome = prop_oneof![
        Just(Outcome::Running),
        Just(Outcome::Done),
        Just(Outcome::Stopped),
        Just(Outcome::Failed("rate-limited".into())),
    ];
    let name = |kind: &'static str| {
        prop::option::of((0..3_u8).prop_map(move |n| CleanText::from(&*format!("{kind}{n}"))))
    };
    let tokens = || prop::option::of(prop_oneof![0..5000_u64, Just(u64::MAX)]);
    let cost = prop::option::of(prop_oneof![
        (-5_000_000_000_000..5_000_000_000_000_i128).prop_map(Usd::from_picos),
        Just(Usd::from_picos(i128::MAX)),
        Just(Usd::from_picos(i128::MIN)),
    ]);
    (
        outcome,
        name("gen-"),
        name("m"),
        name("p"),
        tokens(),
        tokens(),
        cost,
    )
        .prop_map(
            |(outcome, generation_id, model, provider, read, written, cost)| Ending {
                outcome,
                generation_id,
                model,
                provider,
                prompt_tokens: read,
                completion_tokens: written,
                reasoning_tokens: written,
                cached_tokens: read,
                cost,
                byok_cost: cost,
                first_token: None,
                took: Duration::from_millis(5),
            },
        )
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..6_usize;
    prop_oneof![
        4 => (0..72_u8, 0..3_u8).prop_map(|(hour, model)| Step::Begin { hour, model }),
        2 => (which.clone(), 0..3_u8).prop_map(|(which, model)| Step::Start(which, model)),
        4 => (which.clone(), ending()).prop_map(|(which, ending)| Step::Finish(which, ending)),
        1 => Just(Step::FinishAgain),
        2 => (which.clone(), ending()).prop_map(|(which, ending)| Step::Complete(which, ending)),
        1 => which.prop_map(Step::GiveUp),
        1 => Just(Step::Rebuild),
        1 => Just(Step::OpenAgain),
    ]
}

/// The sums, reckoned from the requests alone.
fn fold(requests: &[Recorded]) -> Vec<DayRow> {
    let mut sums: BTreeMap<(Date, String, Option<CleanText>), Used> = BTreeMap::new();
    for request in requests {
        let day = request.begun.at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let answered = request.ending.model.as_deref();
        let model = answered.unwrap_or(&request.begun.model).to_owned();
        let provider = request.ending.provider.clone();
        *sums.entry((day, model, provider)).or_default() += request.used();
    }
    let sums = sums.into_iter();
    sums.map(|((day, model, provider), used)| DayRow {
        day,
        model: CleanText::line(&model),
        provider,
        used,
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_sums_are_those_of_the_requests(steps in prop::collection::vec(step(), 1..40)) {
        let (folder, mut ledger) = ledger();
        let mut begun: Vec<RequestId> = Vec::new();
        let mut last: Option<(RequestId, Ending)> = None;
        for step in steps {
            let id = |which: usize| begun.get(which % begun.len().max(1)).copied();
            match step {
                Step::Begin { hour, model } => {
                    let at = at("2026-09-02T00:30:00Z") + jiff::SignedDuration::from_hours(hour.into());
                    let new = NewRequest { at, ..request("2026-09-02T00:00:00Z", &format!("m{model}")) };
                    begun.push(ledger.begin(&new).unwrap());
                }
                Step::Start(which, model) => if let Some(id) = id(which) {
                    ledger.note_started(id, &head("gen-0", &format!("m{model}"))).unwrap();
                },
                Step::Finish(which, ending) => if let Some(id) = id(which) {
                    ledger.finish(id, &ending).unwrap();
                    last = Some((id, ending));
                },
                Step::FinishAgain => if let Some((id, ending)) = &last {
                    let before = read(&ledger, *id);
                    ledger.finish(*id, ending).unwrap();
                    let after = read(&ledger, *id);
                    if before.ending.outcome == ending.outcome {
                        prop_assert_eq!(before.ending.cost, after.ending.cost);
                    }
                },
                Step::Complete(which, ending) => if let Some(id) = id(which) {
                    ledger.complete(id, &ending).unwrap();
                },
                Step::GiveUp(which) => if let Some(id) = id(which) {
                    ledger.give_up(id).unwrap();
                },
                Step::Rebuild => prop_assert_eq!(ledger.rebuild(), Ok(begun.len() as u64)),
                Step::OpenAgain => {
                    drop(ledger);
                    let opened = Ledger::open(folder.path()).unwrap();
                    prop_assert_eq!(opened.set_aside, None);
                    ledger = opened.ledger;
                }
            }
            let requests = ledger.latest(SERVER, usize::MAX).unwrap();
            prop_assert_eq!(requests.len(), begun.len());
            let days = ledger.days(SERVER, Date::MIN, Date::MAX).unwrap();
            prop_assert_eq!(days, fold(&requests));
        }
    }
}
