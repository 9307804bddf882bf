//! Tokens by their shapes, from the table `assets/token-shapes.txt`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::likeness::is_random;
use crate::domain::secret::Secret;

/// A token in a line, told by its place and its mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSpot {
    /// Where it begins, in bytes.
    pub at: usize,
    /// The name of the service that it opens.
    pub whose: &'static str,
    /// As much of it as may be shown.
    pub masked: String,
}

/// The table, read once.
static SHAPES: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::read(include_str!("../../../assets/token-shapes.txt")));

struct Shapes {
    all: Vec<Shape>,
    /// The first sign of each, all at once, the longest at each place; of shapes that share one the first.
    signs: AhoCorasick,
}

/// The shape of one kind of token: `{8+n}:AA{33w}`.
struct Shape {
    whose: &'static str,
    /// What stands before the first sign: `{8+n}`.
    lead: Option<Run>,
    /// `:AA`.
    sign: &'static str,
    /// `{33w}`, and whatever goes on behind it.
    rest: Vec<Part>,
}

enum Part {
    Sign(&'static str),
    Run(Run),
}

/// So many characters of a class.
struct Run {
    least: usize,
    may_be_longer: bool,
    class: char,
}

/// The first token of a line that is random enough to be one.
pub fn token_in(line: &str) -> Option<TokenSpot> {
    SHAPES.signs.find_iter(line).find_map(|sign| {
        // Shapes with the same first sign stand one behind the other.
        let first = sign.pattern().as_usize();
        let shapes = SHAPES.all.iter().skip(first);
        let mut alike = shapes.take_while(|shape| shape.sign == SHAPES.all[first].sign);
        alike.find_map(|shape| shape.at(line, sign.start()))
    })
}

impl Shapes {
    fn read(table: &'static str) -> Self {
        let rows = table.lines().filter(|row| !row.starts_with('#'));
        let all: Vec<Shape> = rows.filter_map(Shape::read).collect();
        let signs = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(all.iter().map(|shape| shape.sign))
            .expect("a few short words fit into an automaton");
        Self { all, signs }
    }
}

impl Shape {
    fn read(row: &'static str) -> Option<Self> {
        let (shape, whose) = row.split_once(' ')?;
        let mut parts = Vec::new();
        for piece in shape.split_inclusive('}') {
            let (sign, run) = piece.split_once('{').unwrap_or((piece, ""));
            if !sign.is_empty() {
                parts.push(Part::Sign(sign));
            }
            parts.extend(Run::read(run).map(Part::Run));
        }
        let mut parts = parts.into_iter();
        let (lead, sign) = match (parts.next()?, parts.as_slice().first()) {
            (Part::Sign(sign), _) => (None, sign),
            (Part::Run(lead), Some(Part::Sign(sign))) => {
                let sign = *sign;
                parts.next();
                (Some(lead), sign)
            }
            (Part::Run(_), _) => return None,
        };
        let rest = parts.collect();
        Some(Self {
            whose,
            lead,
            sign,
            rest,
        })
    }

    /// The token whose first sign stands at a place.
    fn at(&self, line: &str, sign_at: usize) -> Option<TokenSpot> {
        let (before, from_sign) = line.split_at(sign_at);
        let mut random = String::new();
        let mut start = sign_at;
        match &self.lead {
            Some(run) => {
                let length = before.bytes().rev().take_while(|byte| run.holds(*byte));
                let length = length.count();
                start = sign_at - length;
                if !run.fits(length) {
                    return None;
                }
                random.push_str(before.split_at(start).1);
            }
            None if !is_free(before, self.sign) => return None,
            None => {}
        }
        let mut behind = from_sign.strip_prefix(self.sign)?;
        for part in &self.rest {
            match part {
                Part::Sign(sign) => behind = behind.strip_prefix(sign)?,
                Part::Run(run) => {
                    let length = behind.bytes().take_while(|byte| run.holds(*byte)).count();
                    if !run.fits(length) {
                        return None;
                    }
                    let (part, more) = behind.split_at(length);
                    random.push_str(part);
                    behind = more;
                }
            }
        }
        let token = line.split_at(line.len() - behind.len()).0.split_at(start).1;
        let has_digit = random.bytes().any(|byte| byte.is_ascii_digit());
        (has_digit && is_random(random.as_bytes())).then(|| TokenSpot {
            at: start,
            whose: self.whose,
            masked: Secret::new(token).mask(),
        })
    }
}

impl Run {
    /// Reads `40+h}`.
    fn read(text: &str) -> Option<Self> {
        let text = text.strip_suffix('}')?;
        let class = text.chars().next_back()?;
        let count = text.trim_end_matches(char::is_alphabetic);
        let least = count.trim_end_matches('+');
        Some(Self {
            least: least.parse().ok()?,
            may_be_longer: least.len() < count.len(),
            class,
        })
    }

    fn fits(&self, length: usize) -> bool {
        length == self.least || (self.may_be_longer && length > self.least)
    }

    fn holds(&self, byte: u8) -> bool {
        match self.class {
            'n' => byte.is_ascii_digit(),
            'h' => byte.is_ascii_hexdigit(),
            'c' => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            'a' => byte.is_ascii_alphanumeric(),
            'w' => byte.is_ascii_alphanumeric() || b"-_".contains(&byte),
            'd' => byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte),
            _ => byte.is_ascii_alphanumeric() || b"-_+/=%".contains(&byte),
        }
    }
}

/// Whether a token may begin here: not in the middle of a word. The letter of an escape belongs to none.
fn is_free(before: &str, sign: &str) -> bool {
    if !sign.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return true;
    }
    match before.as_bytes() {
        [.., b'\\', b'n' | b't' | b'r'] | [.., b'%', _, _] | [] => true,
        [.., last] => !(last.is_ascii_alphanumeric() || *last == b'_'),
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::domain::secret::hex;

    /// A token that a row of the table describes: random where it is, so that none stands in this source.
    fn made(row: &str) -> String {
        let noise = (0..8).map(|at| hex(&Sha256::digest(format!("{row}{at}"))));
        let mut noise = noise.collect::<String>();
        let digits = "83059172645083197264";
        let (shape, _) = row.split_once(' ').unwrap();
        let pieces = shape.split_inclusive('}').map(|piece| {
            let (sign, run) = piece.split_once('{').unwrap_or((piece, ""));
            let fill = Run::read(run).map_or(String::new(), |run| match run.class {
                'n' => digits.split_at(run.least).0.to_owned(),
                'c' => noise.drain(..run.least).collect::<String>().to_uppercase(),
                _ => noise.drain(..run.least).collect(),
            });
            format!("{sign}{fill}")
        });
        pieces.collect()
    }

    #[test]
    fn every_row_of_the_table_finds_its_token() {
        let table = include_str!("../../../assets/token-shapes.txt");
        let rows: Vec<&str> = table.lines().filter(|row| !row.starts_with('#')).collect();
        assert_eq!(rows.len(), SHAPES.all.len());
        assert!(rows.len() > 100);
        for row in rows {
            let (_, whose) = row.split_once(' ').unwrap();
            let found = token_in(&format!("键 = '{}';", made(row))).expect(row);
            assert_eq!(found.whose, whose, "{row}");
            assert!(!found.masked.contains(&made(row)), "{row}");
        }
    }

    #[test]
    fn what_only_begins_like_a_token_is_none() {
        let noise = hex(&Sha256::digest("n"));
        for text in [
            "dop_v1_your_token",
            "hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            "cio_context_manager and ciosomething",
            "key-value SK_ID secret_key_of_the_application",
            "12:34:56:AAB and 12345678:AArch64",
            "MTU.length.of",
            "sl.append(x)",
            &format!("task{noise}"),
            &format!("sha512-{noise}SK{noise}"),
            &format!("SK{}", "0".repeat(32)),
            &format!("dop_v1_{}", "deadbeef".repeat(8)),
        ] {
            assert!(token_in(text).is_none(), "{text}");
        }
    }
}
