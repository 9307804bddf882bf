use std::path::Path;

use super::*;
use crate::files::{make_folders, save_private};

fn scene(folder: &Path) -> Scene {
    let mut scene = Scene::in_folder(&folder.join("project"));
    scene.paths.config = folder.join("config");
    make_folders(&folder.join("project/.onramp/templates")).unwrap();
    make_folders(&folder.join("config/templates")).unwrap();
    scene
}

fn write(path: &Path, text: &[u8]) {
    save_private(path, text).unwrap();
}

fn own(folder: &Path, name: &str, text: &str) {
    write(&folder.join("config/templates").join(name), text.as_bytes());
}

fn foreign(folder: &Path, name: &str, text: &str) {
    write(
        &folder.join("project/.onramp/templates").join(name),
        text.as_bytes(),
    );
}

fn wanted(name: &str, input: &str) -> TemplateWanted {
    TemplateWanted {
        name: name.into(),
        typed: input.into(),
        piped: String::new(),
        sources: Vec::new(),
        lang: Lang::En,
    }
}

fn text(scene: &Scene, name: &str, input: &str) -> String {
    let filled = fill(scene, &wanted(name, input)).unwrap();
    filled.text.into_string()
}

fn why(scene: &Scene, name: &str, input: &str) -> String {
    let refused = fill(scene, &wanted(name, input)).unwrap_err();
    refused.said().say(Lang::En)
}

#[test]
fn built_in_ones_are_sound_in_both_languages() {
    for built_in in BUILT_IN {
        let blanks = |lang| template::blanks(built_in.text.say(lang));
        let both = [Lang::En, Lang::Zh].map(|lang| {
            let mut names: Vec<&str> = blanks(lang).unwrap().iter().map(|it| it.name()).collect();
            names.sort_unstable();
            names
        });
        assert_eq!(both[0], both[1], "{}", built_in.name);
        assert!(is_plain(built_in.name));
    }
}

#[test]
fn what_is_typed_goes_into_its_blank_or_below() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    own(folder.path(), "mine.md", "Do {{input}} now.\n");
    own(folder.path(), "plain.md", "Be kind.\n");
    assert_eq!(text(&scene, "mine", " @a.rs "), "Do @a.rs now.");
    assert_eq!(text(&scene, "plain", "@a.rs"), "Be kind.\n\n@a.rs");
    assert_eq!(text(&scene, "plain", ""), "Be kind.");
    let filled = fill(&scene, &wanted("mine", "")).unwrap();
    assert!(filled.wants_input);
    assert!(!fill(&scene, &wanted("plain", "")).unwrap().wants_input);
    assert!(text(&scene, "explain", "@a.rs").ends_with("Answer in English.\n\n@a.rs"));
}

#[test]
fn an_own_one_takes_the_name_of_a_built_in_one_and_a_project_takes_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    own(folder.path(), "review.md", "Mine.");
    foreign(folder.path(), "review.md", "Theirs.\u{1b}[2J");
    foreign(folder.path(), "explain.md", "Theirs, too.");
    foreign(folder.path(), "release.md", "Release {{input}}");
    let (listed, troubles) = list(&scene);
    assert_eq!(troubles, []);
    let origin = |name: &str| listed.iter().find(|it| it.name == name).map(|it| it.origin);
    assert_eq!(origin("review"), Some(Origin::Own));
    assert_eq!(origin("./review"), Some(Origin::Project));
    assert_eq!(origin("explain"), Some(Origin::BuiltIn));
    assert_eq!(origin("release"), Some(Origin::Project));
    assert_eq!(text(&scene, "review", ""), "Mine.");
    // What is shown is what is sent.
    assert_eq!(text(&scene, "./review", ""), "Theirs.␛[2J");
    // The project's name may always be said so.
    assert_eq!(text(&scene, "./release", "it"), "Release it");
    assert!(why(&scene, "./commit", "").contains("./commit"));
    assert_eq!(
        listed
            .iter()
            .filter(|it| it.name.ends_with("review"))
            .count(),
        2
    );
}

#[test]
fn a_bad_file_is_told_and_breaks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    write(
        &folder.path().join("config/templates/bytes.md"),
        b"\xff\xfe\x00",
    );
    own(folder.path(), "empty.md", " \n");
    own(folder.path(), "two words.md", "x");
    own(folder.path(), "long.md", &"x".repeat(MOST_BYTES + 1));
    own(folder.path(), "typo.md", "{{inptu}}");
    own(folder.path(), "notes.txt", "no template");
    let (listed, troubles) = list(&scene);
    assert_eq!(troubles.len(), 4);
    assert!(listed.iter().any(|it| it.name == "explain"));
    assert!(listed.iter().all(|it| it.name != "notes"));
    assert!(why(&scene, "bytes", "").contains("not text"));
    assert!(why(&scene, "empty", "").contains("is empty"));
    let typo = why(&scene, "typo", "");
    assert!(
        typo.contains("{{inptu}}") && typo.contains("{{input}}"),
        "{typo}"
    );
    assert!(why(&scene, "explian", "").contains("did you mean explain?"));
}

#[cfg(unix)]
#[test]
fn no_template_of_a_project_leads_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    let secret = folder.path().join("secret");
    write(&secret, b"my secret");
    let link = folder.path().join("project/.onramp/templates/leak.md");
    std::os::unix::fs::symlink(&secret, link).unwrap();
    let (listed, troubles) = list(&scene);
    assert!(listed.iter().all(|it| it.name != "leak"));
    assert_eq!(troubles.len(), 1);
    assert!(why(&scene, "leak", "").contains("out of the project"));
}

#[test]
fn a_file_and_a_staged_change_are_asked_for_where_there_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    own(folder.path(), "of.md", "About {{file}}: {{input}}");
    assert!(why(&scene, "of", "all of it").contains("@path"));
    assert!(why(&scene, "commit", "").contains("git cannot tell"));
    write(&folder.path().join("project/a.rs"), b"fn a() {}\n");
    assert_eq!(text(&scene, "of", "see @a.rs"), "About a.rs: see @a.rs");
    let git = |words: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.args(words).current_dir(folder.path().join("project"));
        git.status().is_ok_and(|status| status.success())
    };
    if !git(&["init", "--quiet"]) {
        return;
    }
    assert!(why(&scene, "commit", "").contains("nothing is staged"));
    assert!(git(&["add", "a.rs"]));
    let message = text(&scene, "commit", "");
    assert!(message.contains("```diff\n"), "{message}");
    assert!(message.contains("+fn a() {}\n```"), "{message}");
}

#[test]
fn files_beside_it_are_input_enough_and_nothing_piped_in_names_one() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    own(folder.path(), "of.md", "About {{file}}: {{input}}");
    write(&folder.path().join("project/a.rs"), b"");
    write(&folder.path().join("project/b.rs"), b"");
    let of = |typed: &str, piped: &str, sources: &[&str]| {
        let wanted = TemplateWanted {
            piped: piped.into(),
            sources: sources.iter().map(|it| template_source(it)).collect(),
            ..wanted("of", typed)
        };
        fill(&scene, &wanted)
    };
    let filled = of("", "", &["clipboard", "b.rs:1-3"]).unwrap();
    assert_eq!(
        (filled.sent.as_str(), filled.wants_input),
        ("About b.rs: ", false)
    );
    let both = of("see @a.rs", "@b.rs", &[]).unwrap();
    assert_eq!(both.sent, "About a.rs: see @a.rs\n\n@b.rs");
    assert!(matches!(of("all", "@a.rs", &[]), Err(Unfilled::Bad(_))));
}

fn template_source(written: &str) -> crate::domain::source::Source {
    crate::domain::source::Source::read(written)
}

#[test]
fn what_the_person_brings_is_sent_verbatim_and_a_project_s_words_as_they_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    own(folder.path(), "mine.md", "\u{202a}Mine: {{input}}");
    foreign(folder.path(), "theirs.md", "Theirs\u{202e}: {{input}}");
    let typed = "👩\u{200d}💻 a\u{202e}b\r\nc";
    let mine = fill(&scene, &wanted("mine", typed)).unwrap();
    assert_eq!(mine.sent, format!("\u{202a}Mine: {typed}"));
    let theirs = fill(&scene, &wanted("theirs", typed)).unwrap();
    assert_eq!(theirs.sent, format!("Theirs<U+202E>: {typed}"));
    assert_eq!(theirs.text.as_str(), "Theirs<U+202E>: 👩💻 a<U+202E>b\nc");
    assert_eq!(theirs.unseen, 1, "what is everyday is not counted");
}

#[test]
fn a_template_names_files_by_its_own_words_and_by_the_person_s() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    for name in ["style.md", "a.rs", "b.rs", "c.rs"] {
        write(&folder.path().join("project").join(name), b"x\n");
    }
    let named = |wanted: &TemplateWanted| -> Vec<String> {
        let named = fill(&scene, wanted).unwrap().named.into_iter();
        named.map(|source| source.path).collect()
    };
    own(folder.path(), "mine.md", "By @style.md: {{input}}");
    let all = TemplateWanted {
        piped: "import @b.rs".into(),
        ..wanted("mine", "@a.rs")
    };
    assert_eq!(named(&all), ["style.md", "a.rs"]);
    // Below a template without a blank for it, too.
    own(folder.path(), "bare.md", "Read @c.rs.");
    assert_eq!(named(&wanted("bare", "and @a.rs")), ["c.rs", "a.rs"]);
    assert_eq!(named(&wanted("explain", "this")), [""; 0]);
}

#[test]
fn a_project_s_template_takes_nothing_along_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let scene = scene(folder.path());
    write(&folder.path().join("project/.env"), b"A=1\n");
    foreign(folder.path(), "release.md", "See @!.env {{input}}");
    own(folder.path(), "mine.md", "See @!.env");
    let forced = |name: &str, input: &str| -> Vec<bool> {
        let named = fill(&scene, &wanted(name, input)).unwrap().named;
        named.iter().map(|source| source.is_forced).collect()
    };
    assert_eq!(forced("release", "x"), [false]);
    assert_eq!(forced("release", "@!.env"), [true, true]);
    assert_eq!(forced("mine", ""), [true]);
}
