//! A ledger of 1,000,000 requests over 400 days: how soon its figures are there, and what one more request
//! costs: `cargo bench --bench ledger`.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use onramp::domain::money::Usd;
use onramp::domain::spend::{Ending, NewRequest, Outcome, Purpose, Used};
use onramp::ledger::{FILE, Ledger};
use rusqlite::{Connection, params};

const REQUESTS: i64 = 1_000_000;
const DAYS: i64 = 400;
const RUNS: usize = 7;
const SERVER: &str = "https://openrouter.ai";
const MICROS_OF_A_DAY: i64 = 86_400_000_000;
/// The last day with requests.
const TODAY: Date = date(2026, 9, 30);

fn main() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let took = time(|| fill(folder.path()));
    let bytes = std::fs::metadata(folder.path().join(FILE))
        .expect("it is there")
        .len();
    println!(
        "1,000,000 requests over 400 days, made in {:.1} s, {} MB; the best of {RUNS} runs, warm cache",
        took.as_secs_f64(),
        bytes / 1_000_000
    );
    let opened = best(|| {
        let ledger = open(folder.path());
        figures(&ledger);
    });
    println!(
        "open, and today, month and 30 days  {}   goal 100",
        ms(opened)
    );
    let ledger = open(folder.path());
    let quarter = best(|| {
        let days = ledger
            .days(SERVER, back(89), TODAY)
            .expect("it can be read");
        assert!(days.len() > 90, "every day has its rows");
        let day = ledger
            .requests(SERVER, back(45), None, None, 200)
            .expect("it can be read");
        assert_eq!(day.len(), 200);
    });
    println!(
        "90 days, then one day's requests    {}   goal 50",
        ms(quarter)
    );
    println!(
        "the last 100 requests               {}",
        ms(best(|| {
            assert_eq!(
                ledger.latest(SERVER, 100).expect("it can be read").len(),
                100
            );
        }))
    );
    println!(
        "a search that finds 100             {}",
        ms(best(|| {
            let found = ledger
                .search(SERVER, "model-7", 100)
                .expect("it can be read");
            assert_eq!(found.len(), 100);
        }))
    );
    println!(
        "a search that finds nothing         {}",
        ms(best(|| {
            assert_eq!(
                ledger
                    .search(SERVER, "no such", 100)
                    .expect("it can be read")
                    .len(),
                0
            );
        }))
    );
    let waited = best(|| {
        let ledger = open(folder.path());
        ledger.begin(&request()).expect("it can be written");
    });
    println!("open and begin, before a request    {}", ms(waited));
    println!(
        "one begin and finish                {}",
        ms(record(&ledger))
    );
    println!(
        "the sums anew                       {}",
        ms(time(|| {
            ledger.rebuild().expect("it can be written");
        }))
    );
    let empty = best(|| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        open(folder.path());
    });
    println!("open where there is none yet        {}", ms(empty));
}

fn open(folder: &Path) -> Ledger {
    let opened = Ledger::open(folder).expect("it can be opened");
    assert_eq!(opened.set_aside, None);
    opened.ledger
}

/// What a screen of figures asks for.
fn figures(ledger: &Ledger) {
    let sum = |from: Date| -> Used {
        let rows = ledger.days(SERVER, from, TODAY).expect("it can be read");
        rows.iter().map(|row| row.used).sum()
    };
    let today = sum(TODAY);
    let month = sum(TODAY.first_of_month());
    let rows = ledger
        .days(SERVER, back(29), TODAY)
        .expect("it can be read");
    assert!(today.cost > Usd::ZERO && month.cost > today.cost && rows.len() > 30);
    assert!(ledger.first_day(SERVER).expect("it can be read").is_some());
}

fn back(days: i64) -> Date {
    TODAY.checked_sub(days.days()).expect("a near day")
}

fn request() -> NewRequest {
    NewRequest {
        at: Timestamp::now(),
        purpose: Purpose::Ask,
        project: Some("/home/me/shop".into()),
        server: SERVER.into(),
        model: "vendor/model-7".into(),
    }
}

/// The middle one of many.
fn record(ledger: &Ledger) -> Duration {
    let mut times: Vec<Duration> = (0..1000)
        .map(|_| {
            time(|| {
                let id = ledger.begin(&request()).expect("it can be written");
                let ending = Ending {
                    completion_tokens: Some(200),
                    cost: Some(Usd::from_cents(1)),
                    ..Ending::of(Outcome::Done)
                };
                ledger.finish(id, &ending).expect("it can be written");
            })
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

/// Rows as a year of work leaves them, straight into the file: 20 models, 3 providers each, 12 projects.
fn fill(folder: &Path) {
    open(folder);
    let mut file = Connection::open(folder.join(FILE)).expect("it is a database");
    let all = file.transaction().expect("it can be written");
    let name = |text: String| {
        all.execute("INSERT INTO name (text) VALUES (?1)", [text])
            .expect("it can be written");
        all.last_insert_rowid()
    };
    let server = name(SERVER.into());
    let models: Vec<i64> = (0..20).map(|n| name(format!("vendor/model-{n}"))).collect();
    let providers: Vec<i64> = (0..3).map(|n| name(format!("Provider {n}"))).collect();
    let projects: Vec<i64> = (0..12)
        .map(|n| name(format!("/home/me/work/project-{n}")))
        .collect();
    let first = TODAY.checked_sub((DAYS - 1).days()).expect("a near day");
    let first = first.duration_since(date(1970, 1, 1)).as_hours() / 24 * MICROS_OF_A_DAY;
    let mut insert = all
        .prepare(
            "INSERT INTO request (at, purpose, server, project, asked, model, provider, generation, outcome, \
             prompt_tokens, completion_tokens, reasoning_tokens, cached_tokens, cost, first_token, took, is_open) \
             VALUES (?1, 'chat', ?2, ?3, ?4, ?4, ?5, ?6, 'done', ?7, ?8, 0, 0, ?9, 321000, 2345000, 0)",
        )
        .expect("it is sound");
    let mut dice = 1_u64;
    for number in 0..REQUESTS {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let pick = |from: &[i64], shift: u32| {
            from[usize::try_from(dice >> shift).unwrap_or_default() % from.len()]
        };
        let at = first + number * (DAYS * MICROS_OF_A_DAY / REQUESTS);
        let tokens = i64::try_from((dice >> 40) & 0xffff).unwrap_or_default();
        insert
            .execute(params![
                at,
                server,
                pick(&projects, 20),
                pick(&models, 30),
                pick(&providers, 36),
                format!("gen-{}-{:020}", at / 1_000_000, dice),
                tokens,
                tokens / 4,
                tokens * 150_000,
            ])
            .expect("it can be written");
    }
    drop(insert);
    all.commit().expect("it can be written");
}

fn time(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn best(mut work: impl FnMut()) -> Duration {
    (0..RUNS).map(|_| time(&mut work)).min().expect("it ran")
}

fn ms(took: Duration) -> String {
    format!("{:9.3} ms", took.as_secs_f64() * 1000.0)
}
