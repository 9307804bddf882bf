//! Files behind `@`: asked for when a name begins, offered by its letters, with what they weigh.

use std::sync::Arc;

use super::{Candidate, Completion, MOST_FILES, ROWS};
use crate::controls::fuzzy::Matcher;
use crate::controls::mention;
use crate::domain::count::compact;
use crate::domain::source::{CLIPBOARD, Source};
use crate::domain::token_estimate;
use crate::flow::attach::FileNames;
use crate::flow::{Effect, Facts, Step, Ticket};
use crate::screens::chat::state::Chat;
use crate::screens::chat::words;
use crate::text::{Lang, Phrase};

/// The files that `@` may be followed by, as they were listed last.
#[derive(Debug, Default)]
pub(in crate::screens::chat) struct Mentions {
    files: Arc<FileNames>,
    /// A name is being typed, and the list was asked for.
    asked: Option<Ticket>,
    /// The person put the list away; it stays away until another name begins.
    is_away: bool,
}

impl Mentions {
    /// No name is being typed any more: the next one asks anew, since files come and go.
    pub(in crate::screens::chat) fn end(&mut self) {
        self.asked = None;
        self.is_away = false;
    }

    /// The list is not wanted.
    pub(in crate::screens::chat) fn put_away(&mut self) {
        self.is_away = true;
    }

    /// About how many tokens the files are that a text names, and whether it names something else, too: what is not
    /// in the list, parts of files, a pattern, the clipboard.
    pub(in crate::screens::chat) fn weigh(&self, text: &str) -> (u64, bool) {
        let names = &self.files.names;
        let place = |path: &str| names.binary_search_by(|name| name.as_str().cmp(path)).ok();
        let tokens_of = |at: usize| {
            let bytes = self.files.bytes.get(at).copied().flatten()?;
            Some(token_estimate::of_file(&names[at], bytes))
        };
        let weight = |source: &Source| {
            if source.lines.is_some() || source.is_glob() || source.is_clipboard() {
                return None;
            }
            let path = source.path.strip_prefix("./").unwrap_or(&source.path);
            if !path.ends_with('/') {
                return tokens_of(place(path)?);
            }
            let inside = names.iter().enumerate();
            let inside = inside.filter(|(_, name)| name.starts_with(path) && !name.ends_with('/'));
            inside.map(|(at, _)| tokens_of(at)).sum()
        };
        let found = mention::mentions(text, |path| place(path).is_some());
        let weights = found.iter().map(|it| weight(&it.source));
        weights.fold((0, false), |(sum, is_more), tokens| {
            (sum + tokens.unwrap_or(0), is_more || tokens.is_none())
        })
    }

    fn offer(&self, typed: &str, matcher: &mut Matcher, lang: Lang) -> Option<Completion> {
        if self.is_away {
            return None;
        }
        let found = mention::complete(typed, &self.files.names, matcher, MOST_FILES);
        let files = found.iter().map(|it| self.candidate(it, lang));
        let mut candidates: Vec<Candidate> = files.collect();
        if CLIPBOARD.starts_with(typed) {
            // Where it is seen without a step.
            let place = candidates.len().min(ROWS - 1);
            let clipboard = Candidate {
                text: format!("@{CLIPBOARD} "),
                note: words::CLIPBOARD.say(lang).to_owned(),
            };
            candidates.insert(place, clipboard);
        }
        Completion::of(typed.chars().count() + 1, candidates.into_iter())
    }

    fn candidate(&self, found: &mention::Candidate, lang: Lang) -> Candidate {
        let bytes = self.files.bytes.get(found.place).copied().flatten();
        let note = match bytes {
            _ if found.is_folder => words::FOLDER.say(lang).to_owned(),
            Some(bytes) => {
                let tokens = token_estimate::of_file(&found.name, bytes);
                let size = Phrase::counted(tokens, words::FILE_OF_ONE, words::FILE_SIZE);
                size.fill(lang, &[&compact(bytes), &compact(tokens)])
            }
            None => String::new(),
        };
        let end = if found.is_folder { "" } else { " " };
        Candidate {
            text: format!("{}{end}", found.text),
            note,
        }
    }
}

impl Chat {
    /// A name is being typed: what is there, by the list that is known; a younger one is asked for.
    pub(super) fn offer_files(&mut self, typed: &str, lang: Lang) -> Step {
        let matcher = self.matcher.get_or_insert_default();
        self.completion = self.mentions.offer(typed, matcher, lang);
        self.ask_for_files()
    }

    /// Has the files listed, once for every name that is typed, and for a text that came with names in it.
    pub(in crate::screens::chat) fn ask_for_files(&mut self) -> Step {
        if self.mentions.asked.is_some() {
            return Step::changed();
        }
        let ticket = self.tickets.take();
        self.mentions.asked = Some(ticket);
        Step::effect(Effect::ListFiles { ticket })
    }

    /// The files round here are known.
    pub(in crate::screens::chat) fn files_listed(
        &mut self,
        ticket: Ticket,
        files: &Arc<FileNames>,
        facts: &Facts,
    ) -> Step {
        if self.mentions.asked != Some(ticket) {
            return Step::idle();
        }
        if self.mentions.files == *files {
            return Step::idle();
        }
        self.mentions.files = Arc::clone(files);
        self.count_anew();
        let before = self.prompt.before_caret();
        match mention::being_typed(&before) {
            Some(typed) => self.offer_files(typed, facts.lang),
            None => Step::idle(),
        }
    }
}
