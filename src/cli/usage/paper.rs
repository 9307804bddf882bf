//! Lines of figures and sentences, as wide as the terminal they come to; elsewhere each stands whole.

use crate::cli::context::Context;
use crate::cli::output::{print_line, room};
use crate::ui::theme::Tone;
use crate::ui::wrap::{width, wrap};

/// A line below a heading.
pub(super) fn say(words: &str) {
    say_behind("  ", words, str::to_owned);
}

/// The same behind a mark, painted.
pub(super) fn say_behind(mark: &str, words: &str, paint: impl Fn(&str) -> String) {
    let below = " ".repeat(mark.chars().count());
    for (at, line) in lines(words, mark.len()).into_iter().enumerate() {
        let before = if at == 0 { mark } else { &below };
        print_line(&paint(&format!("{before}{line}")));
    }
}

/// A heading below an empty line.
pub(super) fn print_heading(context: &Context, words: &str) {
    print_line("");
    for line in lines(words, 0) {
        print_line(&context.paint(Tone::Strong, &line));
    }
}

fn lines(words: &str, taken: usize) -> Vec<String> {
    match room().map(|columns| columns.saturating_sub(taken)) {
        Some(columns) if width(words) > columns => wrap(words, columns),
        _ => vec![words.to_owned()],
    }
}
