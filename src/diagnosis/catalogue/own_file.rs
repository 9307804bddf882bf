//! The program's own files, and where its results go: nobody chose them as one chooses a file for a key.

use crate::diagnosis::remedy::Remedy;
use crate::diagnosis::trouble::Trouble;
use crate::domain::diagnosis::TroubleKind;
use crate::text::Phrase;

pub(in crate::diagnosis) static NEWER: Trouble = Trouble {
    id: "own-file-newer",
    title: Phrase::new(
        "A later version of onramp made this file",
        "这个文件由更新版本的 onramp 创建",
    ),
    cause: Phrase::new(
        "This version does not know its format, so it is left alone: what it holds stays whole.",
        "当前版本不认识它的格式，因此没有动它，其中的内容完好无损。",
    ),
    kind: TroubleKind::File,
    remedies: &[Remedy::Advice(Phrase::new(
        "Update onramp",
        "请更新 onramp",
    ))],
    links: &[],
};

pub(in crate::diagnosis) static DISPLACED: Trouble = Trouble {
    id: "own-file-displaced",
    title: Phrase::new(
        "Something else stands in the place of one of onramp's own files",
        "onramp 自己的一个文件的位置被其他东西占用",
    ),
    cause: Phrase::new(
        "A folder, a pipe or a device stands under this name. Nothing was changed.",
        "这个名称对应的是目录、管道或设备。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[Remedy::Advice(Phrase::new(
        "Move it away; onramp makes a new file then",
        "请把它移走，onramp 随后会新建文件",
    ))],
    links: &[],
};

pub(in crate::diagnosis) static KEYRING: Trouble = Trouble {
    id: "keyring-locked",
    title: Phrase::new(
        "The keyring does not hand out the key",
        "系统密钥环没有交出密钥",
    ),
    cause: Phrase::new(
        "A key that onramp keeps is in this system's keyring, which is locked or out of reach here: over SSH, in a container, \
         or after the session that it belongs to. Nothing was changed.",
        "onramp 保存的密钥在系统密钥环中，而密钥环已锁定，或在此处无法访问（例如通过 SSH、在容器中，或所属会话已结束）。没有改动任何内容。",
    ),
    kind: TroubleKind::File,
    remedies: &[
        Remedy::Advice(Phrase::new(
            "Unlock the keyring, or run the command in the session of your desktop",
            "请解锁密钥环，或在桌面会话中运行此命令",
        )),
        Remedy::AnotherKey(Phrase::new(
            "Or put a key into the project's .env: it goes before the kept one",
            "或把密钥写入项目的 .env：它优先于所保存的密钥",
        )),
        Remedy::Advice(Phrase::new(
            "To keep keys in a private file instead, sign in again with ONRAMP_KEYRING=never",
            "若想改为保存在私有文件中，请设置 ONRAMP_KEYRING=never 后重新登录",
        )),
    ],
    links: &[],
};

pub(in crate::diagnosis) static OUTPUT: Trouble = Trouble {
    id: "output-lost",
    title: Phrase::new("The result could not be written out", "结果无法完整输出"),
    cause: Phrase::new(
        "Where standard output leads takes no more of it: what came there is only a part.",
        "标准输出所指的位置无法再写入，那里只有一部分结果。",
    ),
    kind: TroubleKind::File,
    remedies: &[Remedy::Advice(Phrase::new(
        "Make room there, or lead the output elsewhere, then run the command again",
        "请在那里腾出空间，或把输出指向别处，然后重新运行命令",
    ))],
    links: &[],
};

pub(in crate::diagnosis) const ALL: &[&Trouble] = &[&NEWER, &DISPLACED, &KEYRING, &OUTPUT];
