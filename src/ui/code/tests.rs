use proptest::prelude::*;

use super::*;

/// Lines with what each part is: `K` keyword, `T` type, `F` called, `Q` text, `E` escape, `N` number,
/// `C` remark, `A` attribute; plain parts as they stand.
fn told(language: &str, code: &str) -> Vec<String> {
    let mut highlighter = Highlighter::new(language).unwrap();
    let lines = code.lines().map(|line| {
        let mut told = String::new();
        let mut start = 0;
        for (end, tone) in highlighter.line(line) {
            let part = line.get(start..end).unwrap();
            start = end;
            let mark = match tone {
                Tone::Keyword => 'K',
                Tone::TypeName => 'T',
                Tone::Function => 'F',
                Tone::Quoted => 'Q',
                Tone::Escape => 'E',
                Tone::Number => 'N',
                Tone::Comment => 'C',
                Tone::Attribute => 'A',
                Tone::Inserted => '+',
                Tone::Deleted => '-',
                _ => {
                    told.push_str(part);
                    continue;
                }
            };
            told.push_str(&format!("{mark}‹{part}›"));
        }
        told
    });
    lines.collect()
}

#[test]
fn rust_tells_lifetimes_from_characters_and_nests_remarks() {
    assert_eq!(
        told(
            "rust",
            "fn a<'x>(c: char) -> Option<u8> { b('\\n', r#\"q\"#) } // r\n/* a /* b */\nc */ 1.5e-3"
        ),
        [
            "K‹fn› a<A‹'x›>(c: T‹char›) -> T‹Option›<T‹u8›> { F‹b›(Q‹'\\n'›, Q‹r#\"q\"#›) } C‹// r›",
            "C‹/* a /* b */›",
            "C‹c */› N‹1.5e-3›"
        ]
    );
    assert_eq!(
        told("rs", "#[derive(X)] println!(\"{a}\\t\")"),
        ["A‹#[derive(X)]› F‹println›!(Q‹\"{a}›E‹\\t›Q‹\"›)"]
    );
}

#[test]
fn a_text_over_several_lines_is_carried() {
    assert_eq!(
        told(
            "py",
            "x = \"\"\"a\nb # c\n\"\"\" # d\n@app.get\ndef f(self): pass"
        ),
        [
            "x = Q‹\"\"\"a›",
            "Q‹b # c›",
            "Q‹\"\"\"› C‹# d›",
            "A‹@app.get›",
            "K‹def› F‹f›(N‹self›): K‹pass›"
        ]
    );
    assert_eq!(
        told("sh", "cat <<'END' > $f\n$x # y\nEND\necho ${#a} # z"),
        [
            "cat Q‹<<'END'› > A‹$f›",
            "Q‹$x # y›",
            "Q‹END›",
            "K‹echo› $N‹{›#a} C‹# z›"
        ]
        .map(|line| line.replace("$N‹{›#a}", "A‹$›{#a}"))
    );
    assert_eq!(
        told("ts", "`a\n${b}` as const"),
        ["Q‹`a›", "Q‹${b}`› K‹as› K‹const›"]
    );
}

#[test]
fn formats_have_names_and_values() {
    assert_eq!(
        told("json", "{\"a\": \"b\\n\", \"c\": [1, true]}"),
        ["{A‹\"a\"›: Q‹\"b›E‹\\n›Q‹\"›, A‹\"c\"›: [N‹1›, N‹true›]}"]
    );
    assert_eq!(
        told("yaml", "# r\na:\n  - b: 12 # x\n    c: \"d\""),
        [
            "C‹# r›",
            "A‹a›:",
            "  - A‹b›: N‹12› C‹# x›",
            "    A‹c›: Q‹\"d\"›"
        ]
    );
    assert_eq!(told("toml", "[a.b]\nc = 1"), ["T‹[a.b]›", "A‹c ›= N‹1›"]);
    assert_eq!(told("diff", "+a\n-b\n c"), ["+‹+a›", "-‹-b›", " c"]);
    assert_eq!(
        told("html", "<a href=\"x\">b&amp;</a><!-- c\nd -->e"),
        [
            "<T‹a› A‹href›=Q‹\"x\"›>bE‹&amp;›</T‹a›>C‹<!-- c›",
            "C‹d -->›e"
        ]
    );
    assert_eq!(
        told("css", ".a { color: #fff; }\n/* x\n*/ b { margin: 2px }"),
        [
            "T‹.a› { A‹color›: N‹#fff›; }",
            "C‹/* x›",
            "C‹*/› T‹b› { A‹margin›: N‹2px› }"
        ]
    );
}

#[test]
fn other_families_are_known() {
    assert_eq!(
        told("sql", "SELECT count(*) FROM t -- x"),
        ["K‹SELECT› F‹count›(*) K‹FROM› t C‹-- x›"]
    );
    assert_eq!(
        told("c", "#include <a.h>\nint f(void);"),
        ["K‹#include›Q‹ <a.h>›", "T‹int› F‹f›(T‹void›);"]
    );
    assert_eq!(
        told("makefile", "all: a\n\techo $(X)"),
        ["F‹all›: a", "\techo A‹$(X)›"]
    );
    assert_eq!(
        told("lua", "x = 1 -- y\n--[[ a\nb ]] z"),
        ["x = N‹1› C‹-- y›", "C‹--[[ a›", "C‹b ]]› z"]
    );
    assert_eq!(told("ruby", "a :b, @c"), ["a N‹:b›, A‹@c›"]);
    assert_eq!(told("Dockerfile", "FROM a AS b"), ["K‹FROM› a K‹AS› b"]);
}

#[test]
fn no_two_languages_have_the_same_name() {
    let mut names: Vec<&str> = tables::LANGUAGES
        .iter()
        .flat_map(|language| language.names.split_ascii_whitespace())
        .collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(Highlighter::new("brainfuck").is_none());
    assert!(Highlighter::new("").is_none());
}

proptest! {
    #[test]
    fn parts_follow_each_other_at_characters(
        which in 0..tables::LANGUAGES.len(),
        lines in proptest::collection::vec("[a-z0-9 \"'`#/*<>$@:{}()\\\\é密\\[\\]=!.&;|-]{0,40}", 1..6),
    ) {
        let names = tables::LANGUAGES[which].names;
        let mut highlighter = Highlighter::new(names.split(' ').next().unwrap()).unwrap();
        for line in &lines {
            let mut reached = 0;
            for (end, _) in highlighter.line(line) {
                prop_assert!(end > reached && line.is_char_boundary(end), "{names}: {line:?}");
                reached = end;
            }
            prop_assert!(reached <= line.len());
        }
    }
}
