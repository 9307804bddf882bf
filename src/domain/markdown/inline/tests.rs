use super::*;

/// What lines say, with marks of our own: `B(…)` strong, `I(…)` stressed, `S(…)` struck, `C(…)`, `M(…)`,
/// `T(…)` for code, math and tags, `→target`.
fn told(text: &str) -> String {
    told_while(text, false)
}

fn told_while(text: &str, is_coming: bool) -> String {
    let mut lines = Vec::new();
    let mut from = 0;
    for line in text.split('\n') {
        lines.push(Line {
            blanks: 0,
            from,
            to: from + line.len(),
        });
        from += line.len() + 1;
    }
    let inline = read(text, &lines, is_coming);
    let mut told = String::new();
    for span in &inline.spans {
        let said = text.get(span.from..span.to).unwrap();
        let mut part = match span.kind {
            Kind::Text => said.to_owned(),
            Kind::Entity(c) => c.to_string(),
            Kind::Blank => "_".into(),
            Kind::Break => "/".into(),
            Kind::Code => format!("C({said})"),
            Kind::Math => format!("M({said})"),
            Kind::Tag => format!("T({said})"),
            Kind::Target => {
                let target = &inline.targets[span.link.unwrap()];
                let title = if target.title.is_empty() { "" } else { "+" };
                format!("→{}{title}{}", target.url, target.title)
            }
        };
        for (is, mark) in [
            (span.style.is_strong, 'B'),
            (span.style.is_stressed, 'I'),
            (span.style.is_struck, 'S'),
        ] {
            if is {
                part = format!("{mark}({part})");
            }
        }
        told.push_str(&part);
    }
    told
}

#[test]
fn emphasis_follows_the_edges_of_words() {
    for (text, expected) in [
        ("a **b** *c* _d_ __e__", "a B(b) I(c) I(d) B(e)"),
        ("***x***", "I(B(x))"),
        ("**a *b* c**", "B(a )I(B(b))B( c)"),
        ("snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"),
        ("**open", "**open"),
        ("*a **b*", "*a *I(b)"),
        ("~~gone~~ ~5 ~6", "S(gone) ~5 ~6"),
        ("**\"a\"**b", "**\"a\"**b"),
        ("**重点。**后面", "B(重点。)后面"),
        ("这是**“重点”**。", "这是B(“重点”)。"),
        ("\\*no\\*", "*no*"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn code_and_math_are_taken_as_they_stand() {
    for (text, expected) in [
        ("`a*b*` ``x`y``", "C(a*b*) C(x`y)"),
        ("`` ` `` ` `", "C(`) C( )"),
        ("`open *a*", "`open I(a)"),
        ("`two\nlines`", "C(two)_C(lines)"),
        ("$a_1 * b_2$ and $$x\ny$$", "M(a_1 * b_2) and M(x)/M(y)"),
        ("\\(x_1\\) \\[y\\]", "M(x_1) M(y)"),
        (
            "$5 to $10, $5-$6, $HOME/$USER",
            "$5 to $10, $5-$6, $HOME/$USER",
        ),
        ("a<br>b <b>c</b> <3", "a/b T(<b>)cT(</b>) <3"),
        ("&lt;&#27;&amp;", "<&#27;&"),
        ("a\\\nb\nc", "a/b/c"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn links_lead_where_they_say() {
    for (text, expected) in [
        ("[a *b*](https://c.d \"T\")", "a I(b)→https://c.d+T"),
        ("![alt](i.png)!", "alt→i.png!"),
        ("[a](<b c> 'd')", "a→b c+d"),
        ("[a](b(c)d)e", "a→b(c)de"),
        ("[a]: https://x.y [b] (c)", "[a]: https://x.y [b] (c)"),
        ("[a [b](c) d](e)", "[a b→c d](e)"),
        ("[![x](y)](z)", "x→y→z"),
        ("*[a*](b)", "*a*→b"),
        ("<https://a.b> <me@a.b> <no>", "https://a.b me@a.b T(<no>)"),
        ("[](x)", "→x"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
    let bare = |text: &str| {
        let line = Line {
            blanks: 0,
            from: 0,
            to: text.len(),
        };
        let found = read(text, &[line], false).targets;
        found.into_iter().map(|it| it.url).collect::<Vec<_>>()
    };
    assert_eq!(
        bare("见 https://a.b/c。 (http://d.e/f_(g))."),
        ["https://a.b/c", "http://d.e/f_(g)"]
    );
    assert!(bare("xhttps://a.b https://").is_empty());
}

#[test]
fn while_it_comes_what_is_open_reaches_to_the_end() {
    assert_eq!(told_while("a **b c", true), "a B(b c)");
    assert_eq!(told_while("a `b c", true), "a C(b c)");
    assert_eq!(told_while("a **", true), "a **");
}

#[test]
fn hostile_lines_do_no_harm() {
    for text in [
        "*a _", "[", "[a](", "`", "``` ` ", "<a ", "![", "$a ", "~~", "a**b_c",
    ] {
        let text = text.repeat(4_000 / text.len());
        assert!(!told(&text).is_empty());
    }
}
