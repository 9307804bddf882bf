//! The chat as lines: what a typed line means there, and what is said around the conversation.

use super::{Asked, say};
use crate::app::App;
use crate::domain::clean_text::CleanText;
use crate::flow::{Event, ScreenName};
use crate::keymap::{Chord, Key};
use crate::screens::Overlay;
use crate::screens::chat::plain::commands;
use crate::text::{Lang, Phrase, Said};
use crate::ui::plain::page_lines;
use crate::ui::wrap::{pad, width};

const ASK: Phrase = Phrase::new(
    "type a question; /help lists the commands, Ctrl+C stops an answer, /quit leaves",
    "输入问题；/help 列出命令，Ctrl+C 停止回答，/quit 退出",
);
const MORE: Phrase = Phrase::new(
    "A line that ends in \\ goes on in the next one.",
    "以 \\ 结尾的行与下一行相连。",
);
const YES_OR_NO: Phrase = Phrase::new("{}? y yes, n no", "{}？y 是，n 否");
const NUMBER: Phrase = Phrase::new("number, or n for none of them", "输入编号，n 表示都不选");
const NUMBER_OR_WORDS: Phrase = Phrase::new(
    "number, or other words to look for, or n for none of them",
    "输入编号，或要查找的其他词，n 表示都不选",
);
const HELP: Phrase = Phrase::new("these commands", "这些命令");
const QUIT: Phrase = Phrase::new("leave", "退出");
const ANSWERS: Phrase = Phrase::new(
    "{} answers; /model takes another one.",
    "由 {} 回答；/model 可更换。",
);
const SANDBOX: Phrase = Phrase::new(
    "SANDBOX: answers are simulated, nothing is real money.",
    "沙盒：回答为模拟内容，不涉及真实费用。",
);

/// Stops whatever is under way, of two answers both.
pub(super) const STOP_ALL: &str = "/stop all";

/// What is said before anything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FirstWords {
    /// Nothing yet.
    #[default]
    None,
    /// Who answers.
    Who,
    /// That, and how one asks.
    How,
}

/// What the lines of the chat remember.
#[derive(Default)]
pub(super) struct ChatLines {
    /// What was said before anything else.
    first_words: FirstWords,
    /// An answer is asked for already.
    is_asked: bool,
    /// The question over the chat, as it was said.
    put: Option<String>,
    /// That what is asked about is on its way was said.
    is_waiting: bool,
    /// Lines that go on in the next one.
    begun: String,
}

impl ChatLines {
    /// Says what is new, and asks for a line where one can be answered.
    pub(super) fn print(&mut self, app: &mut App) -> std::io::Result<()> {
        if app.overlay().is_some_and(Overlay::is_waiting) {
            return self.say_waiting(app);
        }
        self.is_waiting = false;
        let lang = app.facts().lang;
        // What comes while something is asked is said when that was answered.
        if let Some((words, ask)) = asked(app, lang)
            && self.put.as_ref() == Some(&words)
        {
            return self.ask_for(&ask);
        }
        let new = app.say_new();
        let notice = app.take_notice();
        self.put_aside(app, lang)?;
        if !new.is_empty() || notice.is_some() {
            self.greet(app, lang)?;
        }
        if !new.is_empty() {
            self.leave_prompt()?;
            super::put(&new)?;
        }
        if let Some(notice) = notice {
            self.leave_prompt()?;
            say(&notice.words.say(lang))?;
        }
        self.put = None;
        if let Some((words, ask)) = asked(app, lang) {
            self.leave_prompt()?;
            say(&words)?;
            self.put = Some(words);
            return self.ask_for(&ask);
        }
        if app.screen().is_ready() {
            self.ask(app, lang)?;
        }
        Ok(())
    }

    /// Asks for an answer to what was put, unless that was done.
    fn ask_for(&mut self, ask: &str) -> std::io::Result<()> {
        if std::mem::replace(&mut self.is_asked, true) {
            return Ok(());
        }
        super::prompt(ask)
    }

    /// What is asked about is on its way; that is said once.
    fn say_waiting(&mut self, app: &App) -> std::io::Result<()> {
        if std::mem::replace(&mut self.is_waiting, true) {
            return Ok(());
        }
        self.leave_prompt()?;
        let page = app.overlay().and_then(|overlay| overlay.page(app.facts()));
        page.map_or(Ok(()), |page| say(&page_lines(&page).join("\n")))
    }

    /// What is only to be read is said and put away.
    fn put_aside(&mut self, app: &mut App, lang: Lang) -> std::io::Result<()> {
        while let Some(overlay) = app.overlay() {
            if put(overlay, app, lang).is_some() {
                break;
            }
            let page = overlay.page(app.facts());
            let words = page.map(|page| page_lines(&page).join("\n"));
            app.take_overlay();
            self.leave_prompt()?;
            if let Some(words) = words {
                say(&words)?;
            }
        }
        Ok(())
    }

    fn ask(&mut self, app: &App, lang: Lang) -> std::io::Result<()> {
        if std::mem::replace(&mut self.is_asked, true) {
            return Ok(());
        }
        self.greet(app, lang)?;
        let before = std::mem::replace(&mut self.first_words, FirstWords::How);
        if before == FirstWords::How {
            return super::put("> ");
        }
        super::prompt(ASK.say(lang))
    }

    /// Says who answers, before anything else is said.
    fn greet(&mut self, app: &App, lang: Lang) -> std::io::Result<()> {
        if self.first_words != FirstWords::None {
            return Ok(());
        }
        self.first_words = FirstWords::Who;
        if app.facts().is_sandbox {
            say(SANDBOX.say(lang))?;
        }
        say(&ANSWERS.fill(lang, &[&CleanText::line(&app.facts().model)]))
    }

    /// What comes now stands on a line of its own, not behind the sign that asks for one.
    fn leave_prompt(&mut self) -> std::io::Result<()> {
        if std::mem::take(&mut self.is_asked) {
            return say("");
        }
        Ok(())
    }

    /// A line was typed: the terminal is on a new line now.
    pub(super) fn understand(&mut self, line: &str, app: &App) -> Asked {
        let lang = app.facts().lang;
        self.is_asked = false;
        let line = line.trim_end_matches(['\n', '\r']);
        let has_put = self.put.is_some();
        if let Some(overlay) = app.overlay().filter(|it| has_put || it.is_waiting()) {
            let asked = match line.trim() {
                "/quit" => return Asked::Leave,
                // A command takes the place of what was asked.
                word if word.starts_with('/') => Asked::Events(vec![
                    Event::Press(Chord::plain(Key::Esc)),
                    Event::Line(word.to_owned()),
                ]),
                word => answer(overlay, word),
            };
            // What was not understood is asked for once more, without all that was said about it.
            if !matches!(&asked, Asked::Events(events) if events.is_empty()) {
                self.put = None;
            }
            return asked;
        }
        if let Some(part) = line.strip_suffix('\\') {
            self.begun.push_str(part);
            self.begun.push('\n');
            return Asked::Events(Vec::new());
        }
        let whole = std::mem::take(&mut self.begun) + line;
        match whole.trim() {
            "/quit" => Asked::Leave,
            "/help" => Asked::Nothing(help(lang, &app.screen().remarks())),
            _ => Asked::Events(vec![Event::Line(whole)]),
        }
    }
}

/// What lies over the chat and asks something, in lines, and what may be answered.
fn asked(app: &App, lang: Lang) -> Option<(String, String)> {
    put(app.overlay()?, app, lang)
}

/// What an overlay asks, in lines, and what may be answered; `None` where it only tells.
fn put(overlay: &Overlay, app: &App, lang: Lang) -> Option<(String, String)> {
    let page = overlay.page(app.facts())?;
    let ask = match overlay {
        Overlay::Menu(sheet) => match sheet
            .menu()
            .yes
            .and_then(|yes| sheet.menu().answers.get(yes))
        {
            Some(yes) => {
                // The answers are yes and no: their numbers need no reading out.
                let label = yes.label.say(lang);
                let mut lines = page_lines(&page);
                lines.truncate(lines.len().saturating_sub(sheet.menu().answers.len()));
                let words = lines.join("\n").trim_end().to_owned();
                return Some((words, YES_OR_NO.fill(lang, &[&label])));
            }
            None => NUMBER,
        },
        Overlay::Models(picker) if picker.lacks_list() => return None,
        Overlay::Models(_) => NUMBER_OR_WORDS,
        _ => return None,
    };
    Some((page_lines(&page).join("\n"), ask.say(lang).to_owned()))
}

/// What a line means to what was asked. What is not understood is asked again.
fn answer(overlay: &Overlay, word: &str) -> Asked {
    if let Overlay::Menu(sheet) = overlay
        && let Some(yes) = sheet.menu().yes
    {
        return match word.to_lowercase().as_str() {
            "y" | "yes" | "是" => Asked::Events(vec![Event::Choose(yes)]),
            "n" | "no" | "否" => Asked::Events(vec![Event::Choose(1 - yes)]),
            _ => Asked::Events(Vec::new()),
        };
    }
    match word.parse::<usize>() {
        Ok(number @ 1..) if !overlay.is_waiting() => Asked::Events(vec![Event::Choose(number - 1)]),
        _ if matches!(word, "n" | "no" | "否") => {
            Asked::Events(vec![Event::Press(Chord::plain(Key::Esc))])
        }
        // Only a list of models is looked through by words.
        _ if word.is_empty() || !matches!(overlay, Overlay::Models(_)) => Asked::Events(Vec::new()),
        _ => Asked::Events(vec![Event::Line(word.to_owned())]),
    }
}

/// Every command, from the table of the screen.
fn help(lang: Lang, remarks: &[Said]) -> String {
    let mut rows: Vec<(String, &str)> = commands()
        .map(|row| (format!("/{}", row.name), row.words.say(lang)))
        .collect();
    rows.push(("/help".to_owned(), HELP.say(lang)));
    rows.push(("/quit".to_owned(), QUIT.say(lang)));
    let columns = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let lines = rows
        .iter()
        .map(|(name, words)| format!("{}  {words}", pad(name, columns)));
    let mut lines: Vec<String> = lines.collect();
    lines.push(MORE.say(lang).to_owned());
    lines.extend(remarks.iter().map(|remark| remark.say(lang)));
    CleanText::new(&lines.join("\n")).into_string()
}

/// Whether the chat is what lines go to.
pub(super) fn is_in_front(app: &App) -> bool {
    app.front_name() == ScreenName::Chat
}
