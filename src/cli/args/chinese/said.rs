//! What clap says instead of a command line, in Chinese: help, and what is wrong with the words.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::domain::clean_text::CleanText;

/// What the readers of values say, in English and in Chinese.
const WANTED: &[(&str, &str)] = &[
    (
        "an amount in US dollars, such as 5 or 2.50",
        "应为美元金额，例如 5 或 2.50",
    ),
    (
        "an amount in US dollars, such as 5 or 2.50, or off",
        "应为美元金额，例如 5 或 2.50，或者 off",
    ),
    ("a model has a name", "模型名不能为空"),
    (
        "a number from 0 to 2, such as 0.7",
        "应为 0 到 2 的数，例如 0.7",
    ),
    (
        "a number above 0, up to 1, such as 0.9",
        "应为大于 0、不超过 1 的数，例如 0.9",
    ),
    (
        "one of none, minimal, low, medium, high, xhigh, max",
        "应为 none、minimal、low、medium、high、xhigh、max 之一",
    ),
    ("a text that is not empty", "文字不能为空"),
    (
        "USD per million tokens, read and written, such as 1,5",
        "应为读入和写出每百万 token 的美元数，例如 1,5",
    ),
    ("not one of: auto, en, zh-CN", "应为 auto、en、zh-CN 之一"),
    (
        "not one of: auto, dark, light, mono",
        "应为 auto、dark、light、mono 之一",
    ),
    ("invalid digit found in string", "应为整数"),
    ("cannot parse integer from empty string", "应为整数"),
    ("number too large to fit in target type", "数太大"),
];

/// Help, or what is wrong, as whole lines.
pub(in crate::cli) fn said(answer: &clap::Error) -> String {
    let Some(wrong) = wrong(answer) else {
        return help(&answer.to_string());
    };
    let mut text = format!("错误：{wrong}\n");
    let usage = answer.get(ContextKind::Usage).map(ToString::to_string);
    if let Some(usage) = usage {
        let usage = usage.trim().trim_start_matches("Usage:").trim_start();
        text.push_str(&format!("\n用法：{}\n", words_of_usage(usage)));
    }
    text.push_str("\n更多信息见 --help。\n");
    text
}

fn words_of_usage(text: &str) -> String {
    text.replace("[OPTIONS]", "[选项]")
        .replace("[COMMAND]", "[命令]")
        .replace("<COMMAND>", "<命令>")
}

fn help(text: &str) -> String {
    let mut text = words_of_usage(text);
    for heading in ["命令", "参数", "选项"] {
        text = text.replace(&format!("\n{heading}:\n"), &format!("\n{heading}：\n"));
    }
    for (english, chinese) in [("[default: ", "[默认："), ("[possible values: ", "[可选：")] {
        text = text.replace(english, chinese);
    }
    text
}

/// What is wrong; `None` for help, the version, and what is told in clap's own words only.
fn wrong(answer: &clap::Error) -> Option<String> {
    let named = |kind: ContextKind| listed(answer.get(kind));
    let argument = named(ContextKind::InvalidArg);
    let value = named(ContextKind::InvalidValue);
    Some(match answer.kind() {
        ErrorKind::UnknownArgument => {
            let near = near(&named(ContextKind::SuggestedArg));
            format!("没有 {argument} 这个参数{near}")
        }
        ErrorKind::InvalidSubcommand => {
            let command = named(ContextKind::InvalidSubcommand);
            let near = near(&named(ContextKind::SuggestedSubcommand));
            format!("没有 {command} 这个命令{near}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::MissingSubcommand => {
            let commands = named(ContextKind::ValidSubcommand);
            format!("缺少命令，可用的有：{commands}")
        }
        ErrorKind::InvalidValue => {
            let valid = named(ContextKind::ValidValue);
            let valid = if valid.is_empty() {
                String::new()
            } else {
                format!("；可用的有：{valid}")
            };
            if value.is_empty() {
                format!("{argument} 需要一个值{valid}")
            } else {
                let near = near(&named(ContextKind::SuggestedValue));
                format!("{argument} 的值 {value} 无效{valid}{near}")
            }
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(answer).map(ToString::to_string);
            let why = why.map_or_else(String::new, |why| format!("：{}", reason(&why)));
            format!("{argument} 的值 {value} 无效{why}")
        }
        ErrorKind::ArgumentConflict => {
            let other = named(ContextKind::PriorArg);
            if other.is_empty() || other == argument {
                format!("{argument} 只能使用一次")
            } else {
                format!("{argument} 不能与 {other} 同时使用")
            }
        }
        ErrorKind::NoEquals => format!("{argument} 的值要用 = 相连"),
        ErrorKind::TooManyValues => format!("{argument} 不再接受更多的值：{value}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "命令行中有不是 UTF-8 的文字".to_owned(),
        _ => return None,
    })
}

fn near(suggested: &str) -> String {
    if suggested.is_empty() {
        String::new()
    } else {
        format!("；是否指 {suggested}？")
    }
}

/// The words of a context, several with the Chinese comma between them.
fn listed(value: Option<&ContextValue>) -> String {
    let words = match value {
        Some(ContextValue::Strings(words)) => words.clone(),
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    };
    let clean = words.iter().map(|word| CleanText::line(word).into_string());
    clean.collect::<Vec<_>>().join("、")
}

/// Why a value does not do.
fn reason(english: &str) -> String {
    if let Some((_, chinese)) = WANTED.iter().find(|(known, _)| *known == english) {
        return (*chinese).to_owned();
    }
    // Clap's own ranges: "0 is not in 1..=400".
    if let Some((_, range)) = english.split_once(" is not in ") {
        return match range.split_once("..=") {
            Some((from, "")) => format!("至少为 {from}"),
            Some((from, to)) if to.len() < 10 => format!("应在 {from} 到 {to} 之间"),
            Some((from, _)) => format!("至少为 {from}"),
            None => format!("应在 {range} 之间"),
        };
    }
    CleanText::line(english).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::read;
    use crate::text::Lang;

    fn told(line: &str) -> String {
        let words = line.split(' ').map(Into::into);
        said(&read(words, Lang::Zh).unwrap_err())
    }

    #[test]
    fn the_usual_mistakes_are_told_in_chinese() {
        for (line, words) in [
            ("onramp frobnicate", "没有 frobnicate 这个命令"),
            ("onramp chek", "是否指 check？"),
            ("onramp check --ful", "没有 --ful 这个参数；是否指 --full？"),
            ("onramp env set", "缺少参数：<NAME[=VALUE]>..."),
            ("onramp usage --json --csv", "--json 不能与 --csv 同时使用"),
            ("onramp usage --days 0", "的值 0 无效：应在 1 到 400 之间"),
            ("onramp usage --days x", "的值 x 无效：应为整数"),
            ("onramp usage --days", "--days <N> 需要一个值"),
            ("onramp models --sort odd", "可用的有：price、context、new"),
            (
                "onramp budget --day x",
                "应为美元金额，例如 5 或 2.50，或者 off",
            ),
            ("onramp ask --max-tokens 0 hi", "至少为 1"),
            ("onramp --lang klingon check", "应为 auto、en、zh-CN 之一"),
        ] {
            let told = told(line);
            assert!(told.starts_with("错误："), "{line}: {told}");
            assert!(told.contains(words), "{line}: {told}");
            for english in ["error", "Usage", "OPTIONS", "possible", "For more"] {
                assert!(!told.contains(english), "{line}: {told}");
            }
        }
    }

    #[test]
    fn help_has_no_english_frame() {
        for line in [
            "onramp --help",
            "onramp -h",
            "onramp ask --help",
            "onramp env",
            "onramp env set -h",
            "onramp models show --help",
            "onramp sandbox --help",
        ] {
            let told = told(line);
            assert!(told.contains("用法：onramp"), "{line}: {told}");
            assert!(told.contains("\n选项：\n"), "{line}: {told}");
            for english in ["OPTIONS", "COMMAND", "选项:", "命令:", "参数:", "default:"] {
                assert!(!told.contains(english), "{line}: {told}");
            }
        }
    }

    #[test]
    fn help_itself_comes_last() {
        for line in ["onramp ask --help", "onramp usage -h", "onramp env set -h"] {
            let told = told(line);
            let last = told
                .trim_end()
                .lines()
                .rev()
                .find(|line| line.contains("--"));
            assert!(last.unwrap().contains("--help"), "{line}: {told}");
        }
    }
}
