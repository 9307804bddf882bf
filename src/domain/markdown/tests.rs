use super::*;

/// Blocks as lines of our own: containers, the kind, what it says.
fn told(text: &str) -> Vec<String> {
    let mut scanner = Scanner::default();
    let mut told: Vec<String> = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let mut events = Vec::new();
        let end = from + line.trim_end_matches('\n').len();
        scanner.line(text, from..end, &mut events);
        from += line.len();
        for event in events {
            match event {
                Event::Open {
                    leaf,
                    is_after_blank,
                } => {
                    let path: String = scanner.containers().iter().map(mark).collect();
                    let gap = if is_after_blank { "/" } else { "" };
                    told.push(format!("{gap}{path}{}", name(&leaf, text)));
                }
                Event::Line(line) => {
                    let said = text.get(line.from..line.to).unwrap();
                    let last = told.last_mut().unwrap();
                    last.push_str(&format!("|{}{said}", " ".repeat(line.blanks)));
                }
                Event::IsHeading(level) => told.last_mut().unwrap().push_str(&format!("=h{level}")),
                Event::IsTable(columns) => {
                    told.last_mut()
                        .unwrap()
                        .push_str(&format!("=table{}", columns.len()));
                }
                Event::Close => {}
            }
        }
    }
    told
}

fn mark(container: &Container) -> String {
    match container.kind {
        ContainerKind::Quote => ">".into(),
        ContainerKind::Item { number, task } => {
            let task = match task {
                None => "",
                Some(true) => "x",
                Some(false) => "o",
            };
            number.map_or("-".into(), |number| format!("{number}.")) + task
        }
    }
}

fn name(leaf: &Leaf, text: &str) -> String {
    match leaf {
        Leaf::Paragraph => "p".into(),
        Leaf::Heading(level) => format!("h{level}"),
        Leaf::Fenced(info) => format!("f[{}]", text.get(info.clone()).unwrap()),
        Leaf::Indented => "i".into(),
        Leaf::Html => "html".into(),
        Leaf::Rule => "rule".into(),
        Leaf::Bare => "bare".into(),
        Leaf::Verbatim => "v".into(),
    }
}

#[test]
fn blocks_are_told_apart() {
    assert_eq!(
        told("# One #\ntext\nmore\n\nTwo\n===\n---\n```rust x\na\n```\n"),
        ["h1|One", "p|text|more", "/p|Two=h1", "rule", "f[rust x]|a"]
    );
    assert_eq!(
        told("a | b\n--|--\n1 | 2\n\n    code\n\n      more\n<div>\nx\n\ny"),
        [
            "p|a | b=table2|1 | 2",
            "/i|code||  more",
            "html|<div>|x",
            "/p|y"
        ]
    );
}

#[test]
fn lists_count_by_themselves_and_hold_blocks() {
    assert_eq!(
        told("1. a\n1. b\n   - c\n\n     d\n7. e\n\n3) f\n- [x] g\n- [ ] h\n-\n"),
        [
            "1.p|a", "2.p|b", "2.-p|c", "/2.-p|d", "3.p|e", "/3.p|f", "-xp|g", "-op|h", "-bare"
        ]
    );
    assert_eq!(
        told("- a\n  ```sh\n    ls\n  ```\n  b\nlazy\n\nafter\n"),
        ["-p|a", "-f[sh]|  ls", "-p|b|lazy", "/p|after"]
    );
    assert_eq!(
        told("text\n2. no list\n1. list"),
        ["p|text|2. no list", "1.p|list"]
    );
}

#[test]
fn quotes_hold_blocks_and_lazy_lines() {
    assert_eq!(
        told("> a\nlazy\n> - b\n\n> c\n>> d\n> ```\nout"),
        [">p|a|lazy", ">-p|b", "/>p|c", ">>p|d", ">f[]", "p|out"]
    );
}

#[test]
fn a_tab_reaches_to_the_next_multiple_of_four() {
    assert_eq!(told("-\tfoo\n\n\tbar"), ["-p|foo", "/-p|bar"]);
    assert_eq!(told(">\t\tfoo"), [">i|  foo"]);
}

#[test]
fn a_fence_that_nothing_closes_ends_with_what_holds_it() {
    assert_eq!(told("- ```\n  a\nb"), ["-f[]|a", "p|b"]);
    assert_eq!(told("```\na\n~~~\n``"), ["f[]|a|~~~|``"]);
}

#[test]
fn containers_have_an_end() {
    let text = format!("{}x\n", "> ".repeat(5_000));
    assert_eq!(told(&text).len(), 1);
    let text = format!("{}x\n", "- ".repeat(5_000));
    assert_eq!(told(&text).len(), 1);
}
