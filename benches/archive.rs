//! An archive of 10,000 conversations: how soon a page of them is there, a long answer, what was searched
//! for, and what one more piece of an answer costs: `cargo bench --bench archive`.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use onramp::archive::{Archive, Beginning, FILE, Pen, Piece, Which};
use onramp::domain::conversation::{Reply, ReplyState, Speaker, Turn};
use onramp::domain::kept::Shelf;
use onramp::domain::money::Usd;

const CONVERSATIONS: usize = 10_000;
const RUNS: usize = 9;
/// Every so many belong to another project.
const PROJECTS: usize = 20;

fn main() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let took = time(|| fill(folder.path()));
    let bytes = std::fs::metadata(folder.path().join(FILE)).expect("it is there");
    println!(
        "10,000 conversations of 4 turns, made in {:.0} s, {} MB; the best of {RUNS} runs, warm cache",
        took.as_secs_f64(),
        bytes.len() / 1_000_000
    );
    tell(
        "open, and the first page of 50",
        "goal 10",
        best(|| {
            page(&open(folder.path()), Which::All, 0);
        }),
    );
    let archive = open(folder.path());
    tell(
        "a page of 50",
        "goal 10",
        best(|| page(&archive, Which::All, 0)),
    );
    tell(
        "the last page of 50",
        "goal 10",
        best(|| {
            page(&archive, Which::All, CONVERSATIONS - 50);
        }),
    );
    let project = Which::Project("/home/me/project-7");
    tell(
        "a page of one project",
        "goal 10",
        best(|| page(&archive, project, 0)),
    );
    let long = long_answer(&archive);
    tell(
        "load an answer of 20,000 tokens",
        "goal 15",
        best(|| {
            let (conversation, _) = archive
                .load(long.id())
                .expect("it can be read")
                .expect("it is there");
            assert!(conversation.turns[1].text.len() > 80_000);
        }),
    );
    for (what, search) in [
        ("a word in each answer", "answer"),
        ("a letter in each answer", "a"),
        ("two words in some", "word77 word78"),
        ("a word in one", "needle"),
        ("a Chinese word in each", "密钥"),
        ("a Chinese character in each", "钥"),
        ("a word in none", "nowhere"),
    ] {
        tell(
            &format!("search: {what}"),
            "goal 50",
            best(|| {
                archive
                    .search(search, Which::All, 20)
                    .expect("it can be read");
            }),
        );
    }
    growth(&archive);
    let pen = held(&archive, 3);
    tell(
        "delete one for good",
        "",
        time(|| {
            assert!(archive.delete(pen.id()).expect("it can be written"));
        }),
    );
}

fn open(folder: &Path) -> Archive {
    let opened = Archive::open(folder, Shelf::Real).expect("it can be opened");
    assert_eq!(opened.set_aside, None);
    opened.archive
}

fn page(archive: &Archive, which: Which<'_>, skip: usize) {
    let page = archive.list(which, skip, 50).expect("it can be read");
    assert_eq!(page.len(), 50);
}

fn fill(folder: &Path) {
    let archive = open(folder);
    for number in 0..CONVERSATIONS {
        held(&archive, number);
    }
}

fn held(archive: &Archive, number: usize) -> Pen {
    let seconds = i64::try_from(number).expect("a small number");
    let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
    let beginning = Beginning {
        project: Some(format!("/home/me/project-{}", number % PROJECTS)),
        server: "https://openrouter.ai".into(),
        title: String::new(),
        system: None,
        at,
    };
    let mut pen = archive.begin(&beginning).expect("it can be written");
    for round in 0..2 {
        let parent = (round > 0).then_some(1);
        let asked = format!("question {number} about {}", words(number + round, 20));
        let asked = turn(parent, at, person(), asked);
        let asked = archive.add(&mut pen, &asked).expect("it can be written");
        let rare = if number == 777 { "needle" } else { "" };
        let text = format!(
            "answer {} 一个密钥的名字 {rare}",
            words(number * 7 + round, 250)
        );
        let answered = turn(Some(asked), at, model(ReplyState::Whole), text);
        archive.add(&mut pen, &answered).expect("it can be written");
    }
    pen
}

/// Words of which some are frequent and most are not.
fn words(seed: usize, count: usize) -> String {
    let mut state = seed as u64 + 1;
    let mut text = String::new();
    for _ in 0..count {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let chance = (state >> 33) % 10_000;
        text.push_str(&format!("word{} ", chance * chance / 10_000));
    }
    text
}

fn person() -> Speaker {
    Speaker::person()
}

fn model(state: ReplyState) -> Speaker {
    Speaker::Model(Box::new(Reply {
        asked: "vendor/model-7".into(),
        state,
        cost: Some(Usd::from_cents(1)),
        ..Reply::default()
    }))
}

fn turn(parent: Option<usize>, at: Timestamp, speaker: Speaker, text: String) -> Turn {
    Turn {
        parent,
        at,
        speaker,
        text,
    }
}

fn long_answer(archive: &Archive) -> Pen {
    let pen = held(archive, 5);
    let at = Timestamp::UNIX_EPOCH;
    let whole = turn(Some(0), at, model(ReplyState::Whole), words(5, 20_000));
    archive
        .finish(&pen, 1, &whole, at)
        .expect("it can be written");
    pen
}

/// What a piece costs at the beginning of an answer and after 100,000 tokens of it.
fn growth(archive: &Archive) {
    let mut pen = held(archive, 9);
    let at = Timestamp::UNIX_EPOCH;
    let coming = turn(Some(0), at, model(ReplyState::Coming), String::new());
    let number = archive.add(&mut pen, &coming).expect("it can be written");
    // A quarter of a second at 100 tokens a second.
    let text = words(1, 25);
    let piece = Piece {
        text: &text,
        reasoning: "",
    };
    let mut times: Vec<Duration> = (0..4000)
        .map(|_| {
            time(|| {
                archive
                    .grow(&pen, number, piece, at)
                    .expect("it can be written");
            })
        })
        .collect();
    let mut middle = |from: usize, to: usize| {
        let some = &mut times[from..to];
        some.sort_unstable();
        some[some.len() / 2]
    };
    tell("a piece of 25 tokens, at first", "", middle(0, 500));
    tell("the same after 90,000 tokens", "", middle(3500, 4000));
    let whole = turn(Some(0), at, model(ReplyState::Whole), text.repeat(4000));
    tell(
        "the end of 100,000 tokens",
        "",
        time(|| {
            archive
                .finish(&pen, number, &whole, at)
                .expect("it can be written");
        }),
    );
}

fn tell(what: &str, goal: &str, took: Duration) {
    println!("{what:<36} {:8.3} ms   {goal}", took.as_secs_f64() * 1000.0);
}

fn time(work: impl FnOnce()) -> Duration {
    let began = Instant::now();
    work();
    began.elapsed()
}

fn best(mut work: impl FnMut()) -> Duration {
    let times = (0..RUNS).map(|_| time(&mut work));
    times.min().expect("there are runs")
}
