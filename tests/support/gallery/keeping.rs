//! The chat: templates, the project's rules, nothing kept, a conversation on its way into a file.

use onramp::domain::clean_text::CleanText;
use onramp::domain::line_diff::{DiffKind, DiffLine};
use onramp::domain::template::{Filled, Listed, Origin};
use onramp::flow::code_out::CodeReview;
use onramp::flow::env::FileChange;
use onramp::flow::surroundings::{Memory, Surroundings};
use onramp::flow::{Effect, Reply};
use onramp::keymap::{Chord, Key};
use onramp::text::{Phrase, Said};

use super::start::surroundings;
use super::{Make, Rehearsal};

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("chat-unkept", |s| {
            let facts = s.app.facts();
            *s = Rehearsal::unkept(facts.lang, facts.is_sandbox);
            s.chatting().ruled("Answer in one word.\nUse Rust.");
        }),
        ("chat-templates", |s| {
            s.chatting().paste("/template");
            s.press(Chord::plain(Key::Enter)).templates();
        }),
        ("chat-template-names", |s| {
            s.chatting().templates().paste("/template re");
        }),
        ("chat-template-filled", |s| {
            s.chatting().paste("/template release 2.0");
            s.press(Chord::plain(Key::Enter)).filled();
        }),
        ("chat-export", |s| {
            s.answered_chat().paste("/export");
            s.press(Chord::plain(Key::Enter)).exported();
        }),
    ]
}

impl Rehearsal {
    /// The project's rules are known.
    pub fn ruled(&mut self, rules: &str) -> &mut Self {
        self.looked(Surroundings {
            memory: Memory {
                rules: Some(rules.into()),
                ..Memory::default()
            },
            ..surroundings()
        })
    }

    /// The templates are listed, and one file is none.
    pub fn templates(&mut self) -> &mut Self {
        let effects = self.effects.iter().rev();
        let asked = effects.clone().find_map(|effect| match effect {
            Effect::ListTemplates { ticket } => Some(*ticket),
            _ => None,
        });
        let ticket = asked.expect("the templates are asked for");
        let listed = |name: &str, about: Said, origin| Listed {
            name: name.into(),
            about,
            origin,
        };
        let about = |words: &str| Said::verbatim(words);
        let review = Phrase::new("find what is wrong", "找出问题");
        let templates = vec![
            listed("standup", about("What did I do in"), Origin::Own),
            listed("review", review.into(), Origin::BuiltIn),
            listed(
                "release",
                about("Write the notes of release"),
                Origin::Project,
            ),
            listed("./review", about("Review by our rules"), Origin::Project),
        ];
        self.reply(Reply::TemplatesListed {
            ticket,
            templates,
            troubles: vec![Said::verbatim(
                "the template typo cannot be used: it is empty",
            )],
        })
    }

    /// The template that was asked for is filled.
    pub fn filled(&mut self) -> &mut Self {
        let Some(Effect::FillTemplate { ticket, wanted }) = self.effects.last() else {
            panic!("a template is asked for");
        };
        let (ticket, text) = (
            *ticket,
            format!("Write the notes of release\n\n{}", wanted.typed),
        );
        let mut shown = CleanText::default();
        let unseen = shown.push(&text);
        let filled = Ok(Filled {
            origin: Origin::Project,
            text: shown,
            unseen,
            sent: text,
            wants_input: false,
            named: Vec::new(),
        });
        self.reply(Reply::TemplateFilled { ticket, filled })
    }

    /// The file that the conversation goes into is worked out: another one stands there.
    fn exported(&mut self) -> &mut Self {
        let Some(Effect::ReviewTalk { ticket, .. }) = self.effects.last() else {
            panic!("an export is asked for");
        };
        let ticket = *ticket;
        let line = |kind, number, text: &str| DiffLine {
            kind,
            number,
            text: text.into(),
        };
        let review = CodeReview {
            is_over: false,
            shown: "how-do-i-sort-a-list.md".into(),
            change: FileChange {
                path: "/home/ada/shop/how-do-i-sort-a-list.md".into(),
                is_new: false,
                lines: vec![
                    line(DiffKind::Kept, 1, "# How do I sort a list?"),
                    line(DiffKind::Removed, 2, "mine"),
                    line(DiffKind::Added, 2, ""),
                    line(DiffKind::Added, 3, "- Project: shop"),
                ],
            },
            added: 2,
            removed: 1,
            is_unchanged: false,
            doubts: Vec::new(),
        };
        let review = Ok(Box::new(review));
        self.reply(Reply::CodeReviewed { ticket, review })
    }
}
