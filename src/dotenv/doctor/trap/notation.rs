//! Traps in how lines are written. What each reader makes of them was measured.

use super::Trap;
use crate::domain::env_reader::EnvReader::{
    Bun, Compose, Decouple, Deno, DockerRun, Dotenvy, Go, Make, Next, Node, Npm, Php, PythonDotenv,
    Ruby, Shell, Systemd, Vite,
};
use crate::domain::finding::Severity::{Note, Trouble, Warning};
use crate::text::Phrase;

pub(in super::super) const NOT_TEXT: Trap = Trap::new(
    "not-plain-text",
    Trouble,
    &[],
    Phrase::new("the file is not plain text", "文件不是纯文本"),
    Phrase::new(
        "save the file as UTF-8 with ordinary line ends",
        "把文件另存为 UTF-8，并使用普通换行",
    ),
);

pub(in super::super) const NOT_UTF8: Trap = Trap::new(
    "not-utf8",
    Warning,
    &[Dotenvy, PythonDotenv, Deno, DockerRun],
    Phrase::new(
        "a byte that is not UTF-8: dotenvy stops here, Deno and python-dotenv read nothing of the file",
        "有不是 UTF-8 的字节：dotenvy 到此停止，Deno 和 python-dotenv 整个文件都读不到",
    ),
    Phrase::new("save the file as UTF-8", "把文件另存为 UTF-8"),
);

pub(in super::super) const BOM: Trap = Trap::new(
    "bom-before-name",
    Warning,
    &[Shell, Node, Vite, Deno, Systemd, Php, Dotenvy],
    Phrase::new(
        "a byte order mark stands before {}: shells, Node, Vite, Deno, systemd, PHP and uv do not see that name",
        "{} 前有字节顺序标记（BOM）：shell、Node、Vite、Deno、systemd、PHP 和 uv 看不到这个名称",
    ),
    Phrase::new("take the byte order mark out", "去掉字节顺序标记"),
);

pub(in super::super) const CRLF: Trap = Trap::new(
    "crlf",
    Warning,
    &[Shell, Systemd],
    Phrase::new(
        "lines end in CR LF: a shell that sources the file gets every value with a carriage return at its end (\"401 with a key that looks right\")",
        "行以 CR LF 结尾：用 shell 的 source 读取时，每个值末尾都会多一个回车符（“密钥看着没错却返回 401”）",
    ),
    Phrase::new("end the lines in LF", "改为以 LF 结尾"),
);

pub(in super::super) const BLANK_BEFORE: Trap = Trap::new(
    "blank-before-equals",
    Warning,
    &[Shell, DockerRun, Php],
    Phrase::new(
        "{} has a blank before its =: shells do not set it, docker run --env-file refuses the file, so does Symfony",
        "{} 的 = 前有空格：shell 不会设置它，docker run --env-file 和 Symfony 会拒绝整个文件",
    ),
    Phrase::new("take the blank out", "去掉空格"),
);

pub(in super::super) const BLANK_AFTER: Trap = Trap::new(
    "blank-after-equals",
    Warning,
    &[Shell, DockerRun, Php],
    Phrase::new(
        "{} has a blank behind its =: a shell runs the value as a command, docker run keeps the blank, Symfony refuses the file",
        "{} 的 = 后有空格：shell 会把值当作命令执行，docker run 会保留空格，Symfony 会拒绝整个文件",
    ),
    Phrase::new("take the blank out", "去掉空格"),
);

pub(in super::super) const INLINE_COMMENT: Trap = Trap::new(
    "inline-comment",
    Warning,
    &[Systemd, DockerRun, Decouple, Make],
    Phrase::new(
        "{} has a comment behind its value: for systemd, docker run --env-file and python-decouple it is part of the value",
        "{} 的值后有注释：systemd、docker run --env-file 和 python-decouple 会把它当作值的一部分",
    ),
    Phrase::new("move the comment to a line above", "把注释移到上一行"),
)
.for_them_alone();

pub(in super::super) const COMMENT_FOR_VALUE: Trap = Trap::new(
    "comment-instead-of-value",
    Warning,
    &[Compose, Go, Systemd, DockerRun, Decouple],
    Phrase::new(
        "{} has a comment and no value: Docker Compose, godotenv, systemd and docker run read the comment as its value",
        "{} 只有注释没有值：Docker Compose、godotenv、systemd 和 docker run 会把注释当作它的值",
    ),
    Phrase::new("move the comment to a line above", "把注释移到上一行"),
);

pub(in super::super) const QUOTE_IN_COMMENT: Trap = Trap::new(
    "quote-in-comment",
    Warning,
    &[Dotenvy],
    Phrase::new(
        "the comment behind {} has a lone quote: dotenvy and uv do not see the comment, and skip lines up to the next quote",
        "{} 后的注释中有单个引号：dotenvy 和 uv 认不出这是注释，会一直跳到下一个引号",
    ),
    Phrase::new("move the comment to a line above", "把注释移到上一行"),
);

pub(in super::super) const EMPTY_WITH_BLANKS: Trap = Trap::new(
    "empty-with-blanks",
    Trouble,
    &[Node, Deno],
    Phrase::new(
        "{} is empty but for blanks: Node 22 and later and Deno take the next line as its value, and {} is lost there",
        "{} 为空却带有空格：Node 22 及以后版本和 Deno 会把下一行当作它的值，{} 因此丢失",
    ),
    Phrase::new("take the blanks out", "去掉空格"),
);

pub(in super::super) const BLANKS_LINE: Trap = Trap::new(
    "blanks-above-name",
    Warning,
    &[Node, Vite],
    Phrase::new(
        "a line of blanks stands above {}: Node 20, and Vite on it, glue it to that name",
        "{} 上方有一行只含空格：Node 20 及其上的 Vite 会把它并入该名称",
    ),
    Phrase::new("leave the line empty", "把该行清空"),
);

pub(in super::super) const INDENTED_COMMENT: Trap = Trap::new(
    "indented-comment",
    Warning,
    &[Node, Vite],
    Phrase::new(
        "an indented comment stands above {}: Node 20, and Vite on it, glue it to that name",
        "{} 上方有缩进的注释：Node 20 及其上的 Vite 会把它并入该名称",
    ),
    Phrase::new("begin the comment in the first column", "让注释从行首开始"),
);

pub(in super::super) const JUNK: Trap = Trap::new(
    "no-assignment",
    Warning,
    &[Dotenvy, Compose, Go, Php, Node, Vite, Shell, DockerRun],
    Phrase::new(
        "a line that assigns nothing: dotenvy stops here, Docker Compose, godotenv and PHP refuse the file, Node 20 glues it to the next name, shells run it",
        "此行没有赋值：dotenvy 到此停止，Docker Compose、godotenv 和 PHP 拒绝整个文件，Node 20 把它并入下一个名称，shell 会执行它",
    ),
    Phrase::new("make the line a comment", "把该行改为注释"),
);

pub(in super::super) const BARE_NAME: Trap = Trap::new(
    "bare-name",
    Warning,
    &[Dotenvy, Go, Php, Node, Vite],
    Phrase::new(
        "{} stands without = and a value: Compose takes it from the shell, dotenvy stops here, godotenv and PHP refuse the file",
        "{} 没有 = 和值：Compose 会从 shell 取值，dotenvy 到此停止，godotenv 和 PHP 拒绝整个文件",
    ),
    Phrase::new(
        "give it a value, or make the line a comment",
        "给它一个值，或把该行改为注释",
    ),
);

pub(in super::super) const COLON: Trap = Trap::new(
    "colon",
    Warning,
    &[],
    Phrase::new(
        "{} is written with a colon: dotenv (npm), Bun, Compose and Ruby read it, the others do not",
        "{} 用了冒号：dotenv（npm）、Bun、Compose 和 Ruby 能读到，其他程序读不到",
    ),
    Phrase::new("write {}=…", "写成 {}=…"),
);

pub(in super::super) const UNBALANCED: Trap = Trap::new(
    "open-quote",
    Trouble,
    &[],
    Phrase::new(
        "{} has a quote that is not closed: shells, dotenvy, uv and PHP stop here, systemd takes all up to the end as its value",
        "{} 的引号没有闭合：shell、dotenvy、uv 和 PHP 到此出错，systemd 会把直到文件末尾的内容都当作值",
    ),
    Phrase::new(
        "close the quote, or put the other kind of quotes round the value",
        "闭合引号，或用另一种引号把值括起来",
    ),
);

pub(in super::super) const DUPLICATE: Trap = Trap::new(
    "duplicate",
    Warning,
    &[],
    Phrase::new(
        "{} stands on line {} too, with another value: dotenvy, Deno and onramp read the first, all others the last",
        "{} 在第 {} 行也有，值不同：dotenvy、Deno 和 onramp 读第一个，其他程序读最后一个",
    ),
    Phrase::new(
        "keep one of the lines (onramp env set {} gives all the same value)",
        "只保留一行（onramp env set {} 可让它们的值一致）",
    ),
);

pub(in super::super) const DUPLICATE_SAME: Trap = Trap::new(
    "duplicate-same",
    Note,
    &[],
    Phrase::new(
        "{} stands on line {} already, with the same value",
        "{} 在第 {} 行已有，值相同",
    ),
    Phrase::new("take the second line out", "去掉第二行"),
);

pub(in super::super) const DOLLAR: Trap = Trap::new(
    "dollar",
    Warning,
    &[
        Dotenvy, Next, Vite, Bun, Deno, Compose, Go, Ruby, Php, Shell, Make,
    ],
    Phrase::new(
        "{} has a $ that refers to nothing above: dotenvy, Next.js, Vite, Bun, Compose, Ruby and shells take what follows for a variable and drop it; Next.js, Vite and Bun do so in single quotes too",
        "{} 中的 $ 没有指向上文的变量：dotenvy、Next.js、Vite、Bun、Compose、Ruby 和 shell 会把其后内容当作变量而丢掉；Next.js、Vite 和 Bun 在单引号中也如此",
    ),
    Phrase::new(
        "use a value without $: no spelling of it is read alike everywhere",
        "换一个不含 $ 的值：没有一种写法能让所有程序读出同样的内容",
    ),
);

pub(in super::super) const EXPANDED: Trap = Trap::new(
    "expanded",
    Note,
    &[],
    Phrase::new(
        "{} is put together from another variable: dotenv (npm) without dotenv-expand, node --env-file, systemd and docker run read the $ as it stands",
        "{} 由另一个变量拼成：不带 dotenv-expand 的 dotenv（npm）、node --env-file、systemd 和 docker run 会原样读出 $",
    ),
    Phrase::new(
        "write the value out where these read it",
        "若由这些程序读取，请写出完整的值",
    ),
);

pub(in super::super) const HASH: Trap = Trap::new(
    "hash-in-value",
    Warning,
    &[Npm, Next, Node, Vite, Bun, Deno, Ruby, Php, Make],
    Phrase::new(
        "{} has a # in its value: dotenv (npm), Next.js, Node, Vite, Bun and Ruby cut it there, the others keep it",
        "{} 的值中有 #：dotenv（npm）、Next.js、Node、Vite、Bun 和 Ruby 会在此截断，其他程序会保留",
    ),
    Phrase::new(
        "put quotes round the value; or a blank before the # if it begins a comment",
        "给值加上引号；若 # 是注释的开头，则在它前面加空格",
    ),
);

pub(in super::super) const SHELL_SIGNS: Trap = Trap::new(
    "needs-quotes",
    Warning,
    &[Dotenvy, Shell],
    Phrase::new(
        "{} has blanks or signs of the shell without quotes: dotenvy stops at a blank, a shell runs what follows",
        "{} 的值含空格或 shell 符号却没有引号：dotenvy 遇空格即停，shell 会执行其后内容",
    ),
    Phrase::new("put quotes round the value", "给值加上引号"),
);

pub(in super::super) const BACKSLASH: Trap = Trap::new(
    "backslash",
    Warning,
    &[],
    Phrase::new(
        "{} has a \\ in its value: some programs undo it, others keep it, dotenvy stops at most of them",
        "{} 的值中有 \\：有的程序会转义它，有的会保留，dotenvy 多半会停在此处",
    ),
    Phrase::new(
        "use a value without \\ (a path with /, a key without line breaks)",
        "换一个不含 \\ 的值（路径用 /，密钥不要换行）",
    ),
);

pub(in super::super) const BACKSLASH_AT_END: Trap = Trap::new(
    "backslash-at-end",
    Warning,
    &[Shell, Systemd, Make],
    Phrase::new(
        "the line ends in \\: shells, systemd and make join the next line to it",
        "此行以 \\ 结尾：shell、systemd 和 make 会把下一行接到它后面",
    ),
    Phrase::new("take the \\ at the end out", "去掉行尾的 \\"),
);

pub(in super::super) const HEREDOC: Trap = Trap::new(
    "heredoc",
    Warning,
    &[],
    Phrase::new(
        "a heredoc (<<): shells take its lines as text, all other programs as variables",
        "heredoc（<<）：shell 把其中各行当作文本，其他程序当作变量",
    ),
    Phrase::new("write the value in quotes instead", "改为把值写在引号中"),
);

pub(in super::super) const ODD_NAME: Trap = Trap::new(
    "odd-name",
    Warning,
    &[Dotenvy, Go, Php, Shell, Systemd, Make],
    Phrase::new(
        "not every program takes the name {}: dotenvy stops here, godotenv and PHP refuse the file, shells and systemd skip it",
        "名称 {} 不是所有程序都接受：dotenvy 到此停止，godotenv 和 PHP 拒绝整个文件，shell 和 systemd 会跳过",
    ),
    Phrase::new(
        "use letters, digits and _ only, no digit first",
        "只用字母、数字和下划线，且不以数字开头",
    ),
);

pub(in super::super) const EXPORT: Trap = Trap::new(
    "export",
    Warning,
    &[DockerRun, Systemd],
    Phrase::new(
        "export before {}: systemd ignores the line, docker run --env-file refuses the whole file",
        "{} 前有 export：systemd 会忽略此行，docker run --env-file 会拒绝整个文件",
    ),
    Phrase::new(
        "take export out; in a shell `set -a` before sourcing does the same",
        "去掉 export；在 shell 中 source 之前执行 `set -a` 效果相同",
    ),
)
.for_them_alone();

pub(in super::super) const QUOTES: Trap = Trap::new(
    "quotes-kept",
    Warning,
    &[DockerRun, Make],
    Phrase::new(
        "{} has quotes that it does not need: for docker run --env-file and make they are part of the value",
        "{} 带有不必要的引号：docker run --env-file 和 make 会把引号当作值的一部分",
    ),
    Phrase::new("take the quotes off", "去掉引号"),
)
.for_them_alone();

pub(in super::super) const BACKTICKS: Trap = Trap::new(
    "backticks",
    Warning,
    &[],
    Phrase::new(
        "{} stands in backticks: a shell runs it as a command, dotenvy, Python, Compose and Ruby keep the backticks",
        "{} 的值用了反引号：shell 会把它当命令执行，dotenvy、Python、Compose 和 Ruby 会保留反引号",
    ),
    Phrase::new("take the backticks off", "去掉反引号"),
);

pub(in super::super) const BLANK_AT_END: Trap = Trap::new(
    "blank-at-end",
    Warning,
    &[Dotenvy],
    Phrase::new(
        "{} is the last line and ends in a blank without a line end: dotenvy fails on it",
        "{} 是最后一行，以空格结尾且没有换行：dotenvy 会读取失败",
    ),
    Phrase::new("take the blank out", "去掉空格"),
);
