//! What goes along, and what does not.

use super::*;
use crate::domain::model_card::ModelCard;
use crate::files::save_private;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\0";

/// A repository with sources, secrets, pictures and things that are none of these; a file beside it.
fn project() -> (tempfile::TempDir, Project) {
    let outside = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("beside.txt", &b"beside\n"[..]),
        ("repo/.git/HEAD", b"ref: refs/heads/main\n"),
        ("repo/.gitignore", b"*.log\n"),
        ("repo/src/main.rs", b"fn main() {\n    run();\n}\n"),
        ("repo/src/a/lib.rs", b"pub fn run() {}\n"),
        ("repo/src/blob.bin", b"\0\0\0"),
        ("repo/src/.env", b"A=1\n"),
        ("repo/notes.md", b"```sh\nls\n```\n"),
        ("repo/latin.txt", b"caf\xe9\n"),
        ("repo/wide.txt", b"\xff\xfeh\0i\0"),
        ("repo/a.log", b"log\n"),
        ("repo/p.png", PNG),
        ("repo/d.pdf", b"%PDF-1.7\n"),
    ] {
        save_private(&outside.path().join(name), bytes).unwrap();
    }
    let project = Project::at(&outside.path().join("repo"));
    (outside, project)
}

fn sources(written: &[&str]) -> Vec<Source> {
    let read = |text: &&str| Source {
        is_forced: text.starts_with('!'),
        ..Source::read(text.trim_start_matches('!'))
    };
    written.iter().map(read).collect()
}

fn taken(project: &Project, written: &[&str]) -> Gathered {
    gather(project, &Environment::default(), &sources(written))
}

fn names(gathered: &Gathered) -> Vec<&str> {
    let attached = gathered.attached.iter();
    attached.map(|attached| attached.name.as_str()).collect()
}

#[test]
fn a_text_goes_along_in_a_fence_that_names_it() {
    let (_outside, project) = project();
    let gathered = taken(&project, &["src/main.rs:2", "notes.md", "wide.txt"]);
    let (text, media) = gathered.with_question("why?\n");
    assert_eq!(
        text,
        "why?\n\n```rs src/main.rs:2\n    run();\n```\n\n\
         ````md notes.md\n```sh\nls\n```\n````\n\n```txt wide.txt\nhi\n```"
    );
    assert_eq!(media, []);
    assert!(gathered.tokens() > 10);
    assert_eq!(gathered.refused, []);
}

#[test]
fn a_folder_and_a_glob_are_their_texts() {
    let (_outside, project) = project();
    let gathered = taken(&project, &["src/"]);
    assert_eq!(names(&gathered), ["src/a/lib.rs", "src/main.rs"]);
    // The blob and the .env file.
    let whys: Vec<&Why> = gathered.passed_over.iter().map(|it| &it.why).collect();
    assert_eq!(whys, [&Why::EnvFile, &Why::Binary]);
    let gathered = taken(&project, &["src/**/*.rs", "src/main.rs"]);
    assert_eq!(names(&gathered), ["src/a/lib.rs", "src/main.rs"]);
}

#[test]
fn what_must_not_go_along_is_named_and_some_of_it_can_be_forced() {
    let (_outside, project) = project();
    for (written, why, forced) in [
        ("gone.rs", Why::Missing, false),
        ("*.zig", Why::Missing, false),
        ("a\u{1b}b", Why::OddPath, false),
        ("../beside.txt", Why::Outside, true),
        ("src/.env", Why::EnvFile, true),
        (".git/HEAD", Why::VersionControl, true),
        ("a.log", Why::Ignored, true),
        ("src/blob.bin", Why::Binary, true),
        ("latin.txt", Why::Encoding, true),
        ("src/main.rs:9", Why::Lines(3), false),
        ("src/main.rs:3-2", Why::OddLines, false),
        ("src/main.rs:a-b", Why::OddLines, false),
        ("p.png:1-2", Why::NoLines, false),
    ] {
        let gathered = taken(&project, &[written]);
        assert_eq!(names(&gathered), [""; 0], "{written}");
        assert_eq!(gathered.refused.len(), 1, "{written}");
        assert_eq!(gathered.refused[0].why, why, "{written}");
        assert_eq!(why.can_be_forced(), forced, "{written}");
        let insisted = taken(&project, &[&format!("!{written}")]);
        assert_eq!(insisted.attached.len(), usize::from(forced), "{written}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_not_followed() {
    let (_outside, project) = project();
    std::os::unix::fs::symlink("../beside.txt", project.root.join("in.txt")).unwrap();
    std::os::unix::fs::symlink("..", project.root.join("src/up")).unwrap();
    let gathered = taken(&project, &["in.txt"]);
    assert_eq!(gathered.refused[0].why, Why::LinkedOut);
    // A walk does not follow links at all.
    let gathered = taken(&project, &["src"]);
    assert_eq!(names(&gathered), ["src/a/lib.rs", "src/main.rs"]);
}

#[test]
fn pictures_and_documents_are_for_models_that_read_them() {
    let (_outside, project) = project();
    let both = sources(&["p.png", "d.pdf"]);
    let all = gather(&project, &Environment::default(), &both);
    let (_, media) = all.with_question("");
    let kinds: Vec<MediaKind> = media.iter().map(|media| media.kind).collect();
    assert_eq!(kinds, [MediaKind::Png, MediaKind::Pdf]);
    let card = ModelCard {
        input_modalities: ["text", "image"].map(CleanText::line).to_vec(),
        ..ModelCard::default()
    };
    let mut some = gather(&project, &Environment::default(), &both);
    some.leave_out_unread(&card);
    assert_eq!(names(&some), ["p.png"]);
    assert_eq!(some.refused[0].why, Why::Unread(MediaKind::Pdf));
    let mut found = taken(&project, &["*.p*"]);
    assert_eq!(names(&found), ["d.pdf", "p.png"]);
    found.leave_out_unread(&card);
    assert_eq!((names(&found), found.passed_over.len()), (vec!["p.png"], 1));
    assert_eq!(found.refused, []);
}

#[test]
fn a_large_file_is_refused_before_it_is_read() {
    let (_outside, project) = project();
    let path = project.root.join("big.txt");
    save_private(&path, &vec![b'a'; MOST_TEXT + 1]).unwrap();
    let gathered = taken(&project, &["big.txt"]);
    assert_eq!(gathered.refused[0].why, Why::Large(MOST_TEXT));
    let mut picture = PNG.to_vec();
    picture.resize(MOST_IMAGE + 1, 0);
    save_private(&project.root.join("big.png"), &picture).unwrap();
    let gathered = taken(&project, &["big.png"]);
    assert_eq!(gathered.refused[0].why, Why::Large(MOST_IMAGE));
}

#[test]
fn a_secret_in_a_file_is_told_by_the_files_own_lines() {
    let (_outside, project) = project();
    let text = "one\ntwo\nDB_PASSWORD=tr0ub4dor&3\n";
    save_private(&project.root.join("s.sh"), text.as_bytes()).unwrap();
    let gathered = taken(&project, &["s.sh:2-"]);
    let spot = &gathered.secrets[0];
    assert_eq!((spot.source.as_deref(), spot.line), (Some("s.sh"), 3));
    assert!(taken(&project, &["s.sh:1-2"]).secrets.is_empty());
}

#[test]
fn files_of_settings_and_binaries_are_not_offered() {
    let (_outside, project) = project();
    save_private(&project.root.join("blob.bin"), b"\0").unwrap();
    save_private(&project.root.join(".env.example"), b"A=\n").unwrap();
    let offered = names_and_sizes(&project).names;
    assert!(!offered.contains(&"src/.env".to_owned()), "{offered:?}");
    assert!(!offered.contains(&"blob.bin".to_owned()), "{offered:?}");
    assert!(offered.contains(&".env.example".to_owned()), "{offered:?}");
}

#[test]
fn lines_beyond_the_end_are_not_named() {
    let (_outside, project) = project();
    let gathered = taken(&project, &["src/main.rs:2-99"]);
    assert_eq!(names(&gathered), ["src/main.rs:2-3"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_and_a_folder_of_nothing_are_told_as_what_they_are() {
    let (_outside, project) = project();
    std::os::unix::fs::symlink("gone", project.root.join("src/broken")).unwrap();
    std::fs::create_dir(project.root.join("empty")).unwrap();
    for (written, why) in [
        ("src/broken", Why::BrokenLink),
        ("empty", Why::NothingInIt),
        ("*.bin", Why::Missing),
        ("src/*.bin", Why::NothingInIt),
    ] {
        let gathered = taken(&project, &[written]);
        assert_eq!(
            gathered.refused.first().map(|it| &it.why),
            Some(&why),
            "{written}"
        );
    }
    let gathered = taken(&project, &["src"]);
    let left: Vec<(&str, &Why)> = gathered
        .passed_over
        .iter()
        .map(|it| (it.name.as_str(), &it.why))
        .collect();
    assert!(left.contains(&("src/broken", &Why::BrokenLink)), "{left:?}");
}

#[test]
fn words_with_the_sign_are_told_from_paths() {
    let (_outside, project) = project();
    for (text, sources, absent) in [
        ("what does @app.route(\"/\") do", &[][..], &[][..]),
        ("@app.route, @pytest.fixture and @property.setter", &[], &[]),
        ("use @types/node and @angular/core.", &[], &[]),
        ("see @src/nosuch.rs", &[], &["src/nosuch.rs"]),
        (
            "see @src/nosuch and @gone.rs:3-4",
            &[],
            &["src/nosuch", "gone.rs"],
        ),
        (
            "@src/main.rs:3-2 and @src/*.rs",
            &["src/main.rs:3-2", "src/*.rs"],
            &[],
        ),
        ("@!gone.rs and @notes.md", &["gone.rs", "notes.md"], &[]),
    ] {
        let mentioned = mentioned(&project, text);
        let named: Vec<&str> = mentioned
            .sources
            .iter()
            .map(|it| it.path.as_str())
            .collect();
        assert_eq!(named, sources, "{text}");
        assert_eq!(mentioned.absent, absent, "{text}");
    }
}
