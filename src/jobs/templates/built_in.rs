//! The templates that the program brings, in both languages.

use crate::text::Phrase;

/// A template: its name, what it is for, and its text.
pub(super) struct BuiltIn {
    pub(super) name: &'static str,
    pub(super) about: Phrase,
    pub(super) text: Phrase,
}

/// All of them, in the order they are listed.
pub(super) const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "explain",
        about: Phrase::new(
            "what code does, for somebody new to it",
            "向新人解释代码的作用",
        ),
        text: Phrase::new(
            "Explain this to a developer who is new to the project: what it is for, how it works step by step, and what in \
             it is surprising or risky. Answer in {{lang}}.\n\n{{input}}",
            "请向刚接触此项目的开发者解释以下内容：它的用途、逐步的工作方式，以及其中出人意料或有风险之处。请用{{lang}}回答。\n\n{{input}}",
        ),
    },
    BuiltIn {
        name: "review",
        about: Phrase::new(
            "find what is wrong, the gravest first",
            "找出问题，最严重的在前",
        ),
        text: Phrase::new(
            "Review this as a careful colleague would. First bugs, security problems, races, missing error handling and missing \
             tests, the gravest first: each with its place, why it matters, and the smallest change that mends it. Then what \
             reads badly. Say so if nothing is wrong. Answer in {{lang}}.\n\n{{input}}",
            "请像细心的同事一样评审以下内容。先列出缺陷、安全问题、竞态、缺少的错误处理和缺少的测试，最严重的在前：每项写明位置、为何重要，以及最小的修正。再列出可读性问题。\
             如果没有问题就直说。请用{{lang}}回答。\n\n{{input}}",
        ),
    },
    BuiltIn {
        name: "test",
        about: Phrase::new("write tests that can fail", "编写真正能失败的测试"),
        text: Phrase::new(
            "Write tests for this, in the test framework and style that the project uses. Cover what it promises, its edges and \
             its failures; each test is named after the behaviour it proves and fails when that breaks. Put each file into a \
             block of code with its path. Answer in {{lang}}.\n\n{{input}}",
            "请为以下内容编写测试，沿用项目的测试框架和风格。覆盖其承诺的行为、边界和失败情形；每个测试以其证明的行为命名，行为出错时必须失败。每个文件放在标有路径的代码块中。\
             请用{{lang}}回答。\n\n{{input}}",
        ),
    },
    BuiltIn {
        name: "refactor",
        about: Phrase::new(
            "make code simpler without changing what it does",
            "简化代码而不改变行为",
        ),
        text: Phrase::new(
            "Make this simpler and clearer without changing what it does. Name the problems first, then give the new code whole, \
             each file in a block with its path, and say what a reviewer should check. Leave alone what is fine. Answer in \
             {{lang}}.\n\n{{input}}",
            "请在不改变行为的前提下让以下代码更简单、更清晰。先指出问题，再给出完整的新代码，每个文件放在标有路径的代码块中，并说明评审时应检查什么。没有问题的部分保持原样。\
             请用{{lang}}回答。\n\n{{input}}",
        ),
    },
    BuiltIn {
        name: "commit",
        about: Phrase::new(
            "a commit message for what is staged in git",
            "为 git 中已暂存的改动写提交信息",
        ),
        text: Phrase::new(
            "Write a commit message for the change below: a first line in the imperative of at most 72 characters that says what \
             is gained, and, only where that is not enough, an empty line and a short text that says why. No list of files. \
             Answer with the message alone.\n\n{{diff}}",
            "请为下面的改动写提交信息：第一行用祈使语气说明带来了什么，最多 72 个字符；仅在必要时空一行，再用简短文字说明原因。不要罗列文件。只回答提交信息本身。\n\n{{diff}}",
        ),
    },
    BuiltIn {
        name: "shell",
        about: Phrase::new("one command for your shell", "适合您终端的一条命令"),
        text: Phrase::new(
            "Write one {{shell}} command for {{os}} that does the following. The command alone in a block of code, then one \
             sentence on what it does; warn if it deletes, overwrites or sends anything. Answer in {{lang}}.\n\n{{input}}",
            "请写一条在 {{os}} 上用 {{shell}} 完成以下任务的命令。命令单独放在代码块中，再用一句话说明其作用；如果会删除、覆盖或发送数据，请提醒。请用{{lang}}回答。\n\n{{input}}",
        ),
    },
];
