//! Pieces of code and text that the sandbox's models have at hand.

use super::tokens;
use crate::domain::code_block;
use crate::text::Lang;

/// One piece of code.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// The file it would live in.
    pub(super) file: &'static str,
    /// The word behind its fence.
    pub(super) fence: &'static str,
    /// The code, ending in a line end.
    pub(super) code: &'static str,
}

/// Words that ask for a language, its file, its fence, its code. The last row is for everybody else.
const SAMPLES: &[Row] = &[
    (&["rust", "cargo"], "src/retry.rs", "rust", RUST),
    (
        &["typescript", ".ts"],
        "src/chat.ts",
        "typescript",
        TYPESCRIPT,
    ),
    (
        &["javascript", "node", ".js"],
        "chat.mjs",
        "javascript",
        JAVASCRIPT,
    ),
    (&["golang", " go ", "in go", ".go"], "retry.go", "go", GO),
    (&["bash", "shell", ".sh"], "ask.sh", "bash", BASH),
    (&["sql"], "report.sql", "sql", SQL),
    (&["python", ".py"], "chat.py", "python", PYTHON),
];

type Row = (
    &'static [&'static str],
    &'static str,
    &'static str,
    &'static str,
);

/// The code in a language that these words name.
pub(super) fn named(words: &str) -> Option<Sample> {
    let words = words.to_lowercase();
    let row = SAMPLES
        .iter()
        .find(|(names, ..)| names.iter().any(|name| words.contains(name)));
    row.map(sample)
}

/// The code in the language that a fence names, by its name or the ending of its files.
pub(super) fn in_language(lang: &str) -> Option<Sample> {
    let row = SAMPLES
        .iter()
        .find(|(_, _, fence, _)| *fence == lang || code_block::is_language_of(fence, lang));
    row.map(sample)
}

/// The code for everybody else.
pub(super) fn usual() -> Sample {
    sample(&SAMPLES[SAMPLES.len() - 1])
}

fn sample((_, file, fence, code): &'static Row) -> Sample {
    Sample { file, fence, code }
}

/// Markdown with every element it has.
pub(super) fn showcase(lang: Lang) -> &'static str {
    match lang {
        Lang::En => include_str!("../../assets/showcase.md"),
        Lang::Zh => include_str!("../../assets/showcase.zh.md"),
    }
}

/// Markdown of exactly so many tokens: paragraphs, lists, code, in turn.
pub(super) fn long_text(count: usize) -> Vec<String> {
    let blocks = SAMPLES.iter().cycle().enumerate();
    let text = blocks.flat_map(|(at, (_, file, fence, code))| {
        let block = format!(
            "## Part {at}\n\nThis part of the **answer** is about `{file}`. It has a list:\n\n\
             - one point that is short\n- one that is a little longer than the first\n\n\
             ```{fence}\n{code}```\n\n"
        );
        tokens::pieces(&block)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    text.take(count).collect()
}

/// Text that would drive a terminal, hide itself, or read backwards, if it were drawn as it comes.
pub(super) const HOSTILE: &str = "plain \u{1b}[31mred\u{1b}[0m \u{1b}]0;owned\u{7} \
    \u{1b}]52;c;cm0gLXJmIH4=\u{7} \u{9b}2J \u{202e}reversed\u{202c} zero\u{200b}width \u{feff}mark \
    \r overwritten \u{8}\u{8} \u{1b}[?1049h end\n\n```sh\necho \u{1b}[8mhidden\u{1b}[0m\n```\n";

const RUST: &str = "\
use std::time::Duration;

/// Tries `work` up to `times` times, doubling the pause after every failure.
pub fn retry<T, E>(times: u32, mut work: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    let mut pause = Duration::from_millis(100);
    for _ in 1..times {
        match work() {
            Ok(value) => return Ok(value),
            Err(_) => std::thread::sleep(pause),
        }
        pause *= 2;
    }
    work()
}
";

const PYTHON: &str = "\
import os

from openai import OpenAI

client = OpenAI(
    base_url=os.environ.get(\"OPENROUTER_API_BASE\", \"https://openrouter.ai/api/v1\"),
    api_key=os.environ[\"OPENROUTER_API_KEY\"],
)


def ask(question: str, model: str = \"openai/gpt-5-mini\") -> str:
    \"\"\"Returns the answer of a model to one question.\"\"\"
    answer = client.chat.completions.create(
        model=model,
        messages=[{\"role\": \"user\", \"content\": question}],
        max_tokens=500,
    )
    return answer.choices[0].message.content


if __name__ == \"__main__\":
    print(ask(\"Say hello\"))
";

const TYPESCRIPT: &str = "\
interface Answer {
  text: string;
  cost: number;
}

/** Asks a model one question. */
export async function ask(question: string): Promise<Answer> {
  const response = await fetch(\"https://openrouter.ai/api/v1/chat/completions\", {
    method: \"POST\",
    headers: { Authorization: `Bearer ${process.env.OPENROUTER_API_KEY}` },
    body: JSON.stringify({
      model: \"openai/gpt-5-mini\",
      max_tokens: 500,
      messages: [{ role: \"user\", content: question }],
    }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const body = await response.json();
  return { text: body.choices[0].message.content, cost: body.usage.cost };
}
";

const JAVASCRIPT: &str = "\
export async function* lines(stream) {
  const decoder = new TextDecoder();
  let rest = \"\";
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split(\"\\n\");
    rest = parts.pop();
    yield* parts;
  }
  if (rest) yield rest;
}
";

const GO: &str = "\
package main

import (
\t\"fmt\"
\t\"time\"
)

func retry(times int, work func() error) error {
\tpause := 100 * time.Millisecond
\tvar err error
\tfor i := 0; i < times; i++ {
\t\tif err = work(); err == nil {
\t\t\treturn nil
\t\t}
\t\ttime.Sleep(pause)
\t\tpause *= 2
\t}
\treturn fmt.Errorf(\"gave up after %d tries: %w\", times, err)
}
";

const BASH: &str = "\
#!/usr/bin/env bash
set -euo pipefail

: \"${OPENROUTER_API_KEY:?set it first}\"

curl -sS https://openrouter.ai/api/v1/key \\
  -H \"Authorization: Bearer ${OPENROUTER_API_KEY}\"
";

const SQL: &str = "\
SELECT model, SUM(cost_usd) AS cost, COUNT(*) AS requests
FROM requests
WHERE day >= DATE('now', '-30 days')
GROUP BY model
ORDER BY cost DESC
LIMIT 10;
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_has_exactly_the_tokens_asked_for() {
        for count in [0, 1, 999, 20_000] {
            assert_eq!(long_text(count).len(), count);
        }
    }
}
