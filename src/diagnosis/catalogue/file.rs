//! Files that could not be read or written.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::text::Phrase;

const OTHER_FILE: Remedy = Remedy::OtherFile(Phrase::new("Choose another file", "选择其他文件"));

pub(in crate::diagnosis) static MISSING: Trouble = Trouble {
    id: "file-missing",
    title: Phrase::new("The file is not there", "文件不存在"),
    cause: Phrase::new(
        "The name may be mistyped, or the file or its folder was moved.",
        "名称可能有误，或文件、目录已被移走。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Check the path, as seen from this folder",
            "检查相对于当前目录的路径是否正确",
        )),
        OTHER_FILE,
    ],
    links: &[],
};

pub(in crate::diagnosis) static NO_PERMISSION: Trouble = Trouble {
    id: "file-no-permission",
    title: Phrase::new(
        "No permission to read or write this file",
        "没有读写此文件的权限",
    ),
    cause: Phrase::new(
        "The file or its folder belongs to someone else, is read-only, or is locked. Nothing was changed.",
        "文件或其目录属于其他用户、只读或被锁定。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "See who owns the file and its folder: ls -la",
            "查看文件和目录的所有者：ls -la",
        )),
        OTHER_FILE,
    ],
    links: &[],
};

pub(in crate::diagnosis) static NOT_REGULAR: Trouble = Trouble {
    id: "file-not-regular",
    title: Phrase::new("This is not an ordinary file", "这不是普通文件"),
    cause: Phrase::new(
        "A folder, a device or a socket stands under this name. Nothing was changed.",
        "这个名称对应的是目录、设备或套接字。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        OTHER_FILE,
        Remedy::Advice(Phrase::new(
            "If a container made a folder of that name, remove it and start the container after the file exists",
            "如果是容器创建了同名目录，请删除它，等文件存在后再启动容器",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static PIPE: Trouble = Trouble {
    id: "file-is-a-pipe",
    title: Phrase::new(
        "This file is a pipe, filled by another program",
        "这个文件是管道，由其他程序提供内容",
    ),
    cause: Phrase::new(
        "1Password puts its environments in place like this; what is written here would be lost. Nothing was \
         changed.",
        "1Password 会这样提供它的环境变量，写到这里的内容会丢失。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Add the key in that program: in 1Password, to the environment behind this file",
            "在那个程序里添加密钥：例如在 1Password 中添加到此文件对应的环境",
        )),
        Remedy::Advice(Phrase::new(
            "Or choose another file, such as .env.local",
            "或选择其他文件，例如 .env.local",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static FULL: Trouble = Trouble {
    id: "disk-full",
    title: Phrase::new("The disk is full", "磁盘已满"),
    cause: Phrase::new(
        "The disk, your quota, or the number of files it can hold is used up. The old file stands as it was.",
        "磁盘空间、您的配额或可用的文件数已用完。原文件保持不变。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Make room (df -h and df -i show where it is short), then try again",
            "腾出空间后重试（df -h 和 df -i 可查看哪里不足）",
        )),
        OTHER_FILE,
    ],
    links: &[],
};

pub(in crate::diagnosis) static CHANGED: Trouble = Trouble {
    id: "file-changed",
    title: Phrase::new("The file was changed in the meantime", "文件在此期间被改动"),
    cause: Phrase::new(
        "Another program changed it after the difference was shown. To lose nothing of that, nothing was \
         written.",
        "显示差异之后，其他程序改动了它。为了不丢失那些改动，没有写入任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Look at the difference again, then write",
            "重新查看差异，然后写入",
        )),
        Remedy::Advice(Phrase::new(
            "Save or close the file in your editor first",
            "请先在编辑器中保存或关闭该文件",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static BROKEN_LINK: Trouble = Trouble {
    id: "file-broken-link",
    title: Phrase::new(
        "The file is a link that leads nowhere",
        "文件是一个失效的链接",
    ),
    cause: Phrase::new(
        "It points to a file that does not exist, or in a circle. Nothing was changed.",
        "它指向不存在的文件，或循环指向自己。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "See where it points: ls -l",
            "查看它指向哪里：ls -l",
        )),
        Remedy::Advice(Phrase::new(
            "Remove the link, or create the file it points to",
            "删除该链接，或创建它所指的文件",
        )),
        OTHER_FILE,
    ],
    links: &[],
};

pub(in crate::diagnosis) static UNSAFE: Trouble = Trouble {
    id: "file-unsafe-edit",
    title: Phrase::new("The file cannot be changed safely", "无法安全地修改此文件"),
    cause: Phrase::new(
        "The programs that read this file disagree about a line of it, so a change could spoil another value. \
         Nothing was changed.",
        "读取此文件的各种程序对其中某一行的理解不同，修改可能破坏其他值。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Mend that line in an editor, then try again",
            "在编辑器中改好该行后重试",
        )),
        Remedy::Advice(Phrase::new(
            "Or choose another file, such as .env.local",
            "或选择其他文件，例如 .env.local",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static FORBIDDEN: Trouble = Trouble {
    id: "file-not-a-target",
    title: Phrase::new("No code is written to this place", "不会把代码写到这个位置"),
    cause: Phrase::new(
        "It is no path to a file, it belongs to the version control, or the block is a change and no file: \
         what is written there could be run, or spoil what stands there. Nothing was written.",
        "它不是文件路径、属于版本控制系统，或者代码块是改动而不是文件：写入的内容可能被执行，或破坏原有内容。没有写入任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Name another file, below the project's folder",
            "另选一个项目目录下的文件",
        )),
        Remedy::Advice(Phrase::new(
            "Or copy the code and paste it where it belongs",
            "或复制代码，粘贴到合适的位置",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static NOT_SENT: Trouble = Trouble {
    id: "file-not-sent",
    title: Phrase::new("A file that was named is not sent", "指定的文件没有发送"),
    cause: Phrase::new(
        "Files go along with a question where they belong to the project, are text, a picture or a PDF that the \
         model reads, and are not hidden by its rules. Nothing was sent.",
        "随问题发送的文件须属于项目、是文本或模型能读取的图片或 PDF，且未被项目规则忽略。没有发送任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Name another file, or correct the path",
            "另选文件，或更正路径",
        )),
        Remedy::Advice(Phrase::new(
            "What is outside, ignored, binary or a .env file goes along with --any-file, or as @!path; a picture or a PDF only to a model that reads it",
            "项目之外、被忽略、二进制的文件或 .env 文件可用 --any-file 或写作 @!路径 发送；图片和 PDF 只能发给能读取它们的模型",
        )),
        Remedy::Advice(Phrase::new(
            "A word with @ that is no file: write it without @, or in backticks",
            "带 @ 但不是文件的词：去掉 @，或放在反引号中",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static EXISTS: Trouble = Trouble {
    id: "file-exists",
    title: Phrase::new(
        "Something else stands in this file already",
        "此文件已有其他内容",
    ),
    cause: Phrase::new(
        "It is not written over without your word. Nothing was changed.",
        "未经您同意不会覆盖它。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new("Name another file", "另选一个文件名")),
        Remedy::Advice(Phrase::new(
            "To write over it, add --force; onramp env undo --file FILE takes it back",
            "如要覆盖，请加 --force；可用 onramp env undo --file 文件 撤销",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static WANTS_CONSENT: Trouble = Trouble {
    id: "file-wants-consent",
    title: Phrase::new(
        "Nothing is written to this place without your word",
        "未经您同意不会写入这个位置",
    ),
    cause: Phrase::new(
        "It is outside of the project, behind a link that leads out of it, or a file of settings and keys. \
         Nothing was changed.",
        "它在项目之外、经链接指向项目之外，或是保存配置和密钥的文件。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Name a file in the project",
            "选择项目中的文件",
        )),
        Remedy::Advice(Phrase::new(
            "To write there all the same, name the place yourself: -o FILE --any-file",
            "如仍要写入，请自己指定位置：-o FILE --any-file",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static UNFINISHED: Trouble = Trouble {
    id: "code-unfinished",
    title: Phrase::new(
        "The answer broke off: this may be only a part of the file",
        "回答中断：这可能只是文件的一部分",
    ),
    cause: Phrase::new(
        "It was cut at its longest, stopped by a filter, or left a block of code open. Nothing was written.",
        "回答达到了最大长度、被过滤器中止，或代码块没有结束。没有写入任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Ask again with a longer answer: --max-tokens",
            "用 --max-tokens 放宽回答长度后重新提问",
        )),
        Remedy::Advice(Phrase::new(
            "To write what came all the same, add --force",
            "如仍要写入已收到的部分，请加 --force",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static TEMPLATE: Trouble = Trouble {
    id: "template-unusable",
    title: Phrase::new("This template makes no question", "此模板无法生成问题"),
    cause: Phrase::new(
        "It cannot be used as it stands, or what it asks for is not there. Nothing was sent.",
        "模板本身无法使用，或缺少它所需的内容。没有发送任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[Remedy::Advice(Phrase::new(
        "Mend the template, or bring what it asks for",
        "请修正模板，或提供它所需的内容",
    ))],
    links: &[],
};

pub(in crate::diagnosis) static OTHER: Trouble = Trouble {
    id: "file-trouble",
    title: Phrase::new(
        "The file could not be read or written",
        "文件无法读取或写入",
    ),
    cause: Phrase::new(
        "The system reports a rarer trouble; its own words say more.",
        "系统报告了较少见的问题，详情见系统的原话。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "See whether other programs can open it",
            "检查其他程序能否打开它",
        )),
        OTHER_FILE,
    ],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[
    &MISSING,
    &NO_PERMISSION,
    &NOT_REGULAR,
    &PIPE,
    &FULL,
    &CHANGED,
    &BROKEN_LINK,
    &UNSAFE,
    &FORBIDDEN,
    &NOT_SENT,
    &EXISTS,
    &WANTS_CONSENT,
    &UNFINISHED,
    &TEMPLATE,
    &OTHER,
];
