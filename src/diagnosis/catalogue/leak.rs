//! Keys that stand where others may read them. What mends it comes in this order: a new key, the old one out
//! of the file, and only then the history.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::text::Phrase;

const ROTATE: Remedy = Remedy::KeysPage(Phrase::new(
    "First make a new key and delete this one: nothing else ends what a copy of it can do",
    "首先创建新密钥并删除此密钥：只有这样，它的副本才会失效",
));
const ROTATE_IF_SHARED: Remedy = Remedy::KeysPage(Phrase::new(
    "If anyone else has had this file, make a new key and delete this one",
    "如果其他人拿到过此文件，请创建新密钥并删除此密钥",
));
const TAKE_OUT: Remedy = Remedy::Variable(
    Phrase::new(
        "Take the key out of the file; let the program read its variable instead",
        "从文件中删除密钥，让程序改为读取对应的变量",
    ),
    Phrase::new(
        "Take the key out of the file; let the program read the variable {} instead",
        "从文件中删除密钥，让程序改为读取变量 {}",
    ),
);
const UNTRACK: Remedy = Remedy::RunOnFile(
    Phrase::new(
        "Let git forget the file; it stays on the disk",
        "让 git 不再跟踪此文件；文件仍留在磁盘上",
    ),
    "git rm --cached -- ",
);
const MEND: Remedy = Remedy::Run(
    Phrase::new(
        "Let git ignore it: the change is shown, then written",
        "让 git 忽略它：先显示改动，再写入",
    ),
    "onramp env scan --mend",
);
const LOOK_BACK: Remedy = Remedy::Run(
    Phrase::new("See which commits hold keys", "查看哪些提交中含有密钥"),
    "onramp env scan --history",
);
const REWRITE: Remedy = Remedy::Run(
    Phrase::new(
        "Last, if it must go: write the key into keys.txt outside of the repository and rewrite the history. Every \
         commit gets a new name; clones, forks and caches keep the old ones",
        "最后，如确需清除：把密钥写入仓库之外的 keys.txt，再重写历史。所有提交的编号都会改变；克隆、分支仓库和缓存仍保留旧内容",
    ),
    "git filter-repo --replace-text ../keys.txt",
);

pub(in crate::diagnosis) static IN_TRACKED_FILE: Trouble = Trouble {
    id: "key-in-tracked-file",
    title: Phrase::new(
        "A key stands in a file that git tracks",
        "git 跟踪的文件中有密钥",
    ),
    cause: Phrase::new(
        "Whoever gets the repository gets the key, and the history keeps it after it is taken out.",
        "得到此仓库的人就得到了密钥；即使从文件中删除，历史中仍然保留。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[ROTATE, TAKE_OUT, LOOK_BACK, REWRITE],
    links: &[],
};

pub(in crate::diagnosis) static ENV_FILE_TRACKED: Trouble = Trouble {
    id: "env-file-tracked",
    title: Phrase::new(
        "git tracks a .env file with a key in it",
        "git 正在跟踪含有密钥的 .env 文件",
    ),
    cause: Phrase::new(
        "A rule that ignores the file does nothing while it is tracked: each commit takes it along.",
        "文件被跟踪时，忽略规则不起作用：每次提交都会带上它。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[ROTATE, UNTRACK, MEND, LOOK_BACK, REWRITE],
    links: &[],
};

pub(in crate::diagnosis) static ENV_FILE_NOT_IGNORED: Trouble = Trouble {
    id: "env-file-not-ignored",
    title: Phrase::new(
        "git does not ignore a .env file with a key in it",
        "git 没有忽略含有密钥的 .env 文件",
    ),
    cause: Phrase::new(
        "It is in no commit yet; the next `git add .` takes it.",
        "它还不在任何提交中；下一次 `git add .` 就会带上它。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[MEND, ROTATE_IF_SHARED],
    links: &[],
};

pub(in crate::diagnosis) static IN_UNTRACKED_FILE: Trouble = Trouble {
    id: "key-in-untracked-file",
    title: Phrase::new(
        "A key stands in a file outside of git",
        "git 之外的文件中有密钥",
    ),
    cause: Phrase::new(
        "It is in no commit yet; whoever gets a copy of the file gets the key.",
        "它还不在任何提交中；得到此文件副本的人就得到了密钥。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[TAKE_OUT, ROTATE_IF_SHARED],
    links: &[],
};

pub(in crate::diagnosis) static STAGED: Trouble = Trouble {
    id: "key-staged",
    title: Phrase::new("A key is about to be committed", "即将提交一个密钥"),
    cause: Phrase::new(
        "It stands in what is staged. Nothing was committed, so taking it out is enough.",
        "它在已暂存的内容中。尚未提交，取出即可。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[
        TAKE_OUT,
        Remedy::RunOnFile(
            Phrase::new("Take the file out of the commit", "将文件移出本次提交"),
            "git restore --staged -- ",
        ),
        Remedy::Run(
            Phrase::new(
                "If it is no key, or is meant to be public, commit past this guard",
                "如果这不是密钥，或本来就要公开，可跳过此检查提交",
            ),
            "git commit --no-verify",
        ),
    ],
    links: &[],
};

pub(in crate::diagnosis) static IN_HISTORY: Trouble = Trouble {
    id: "key-in-history",
    title: Phrase::new(
        "A key stands in the history of the repository",
        "仓库的历史中有密钥",
    ),
    cause: Phrase::new(
        "Every clone holds it, whatever the files hold today.",
        "无论现在的文件内容如何，每个克隆中都有它。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[ROTATE, TAKE_OUT, REWRITE],
    links: &[],
};

pub(in crate::diagnosis) static OUTGOING: Trouble = Trouble {
    id: "secret-in-question",
    title: Phrase::new(
        "The question seems to hold a secret",
        "问题中似乎有密钥或密码",
    ),
    cause: Phrase::new(
        "What is sent to a model is read, and perhaps kept, by others. Nothing was sent.",
        "发送给模型的内容会被他人读取，也可能被保存。没有发送任何内容。",
    ),
    kind: TroubleKind::Alert,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Take it out, or name only the lines that matter: FILE:10-40",
            "删除它，或只指定需要的行：文件:10-40",
        )),
        Remedy::Advice(Phrase::new(
            "If it is no secret, send it with --allow-secrets",
            "如果不是机密，可用 --allow-secrets 发送",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &IN_TRACKED_FILE,
    &ENV_FILE_TRACKED,
    &ENV_FILE_NOT_IGNORED,
    &IN_UNTRACKED_FILE,
    &STAGED,
    &IN_HISTORY,
    &OUTGOING,
];
