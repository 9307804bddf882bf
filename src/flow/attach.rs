//! What goes along with a question, and what was not let along.

use crate::domain::clean_text::CleanText;
use crate::domain::media::{Media, MediaKind};
use crate::domain::model_card::ModelCard;
use crate::domain::outgoing::SecretSpot;
use crate::text::{Phrase, Said};

/// What was gathered for a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// What goes along, in the order it was named.
    pub attached: Vec<Attached>,
    /// What does not, and why.
    pub refused: Vec<NotAttached>,
    /// Files in named folders that do not go along, and why: no reason to send nothing.
    pub passed_over: Vec<NotAttached>,
    /// What in the attached texts looks secret.
    pub secrets: Vec<SecretSpot>,
}

/// A file that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name with its lines: `src/main.rs:10-40`.
    pub name: String,
    /// What is sent of it.
    pub content: Content,
    /// How many bytes of it are sent.
    pub bytes: usize,
    /// About how many tokens it takes.
    pub tokens: u64,
    /// It was named itself, and not found in a folder or by a glob that was named.
    pub is_named: bool,
}

/// What is sent of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Its text, already in a fence that names it.
    Text(String),
    /// A picture or a document.
    Media(Media),
}

impl Gathered {
    /// The question with the texts behind it, and the pictures and documents that go beside it.
    pub fn with_question(&self, question: &str) -> (String, Vec<Media>) {
        let mut text = question.trim_end().to_owned();
        let mut media = Vec::new();
        for attached in &self.attached {
            match &attached.content {
                Content::Text(fenced) => {
                    if !text.is_empty() {
                        text.push_str("\n\n");
                    }
                    text.push_str(fenced.trim_end());
                }
                Content::Media(one) => media.push(one.clone()),
            }
        }
        (text, media)
    }

    /// Whether pictures or documents are among it.
    pub fn has_media(&self) -> bool {
        let mut all = self.attached.iter();
        all.any(|attached| matches!(attached.content, Content::Media(_)))
    }

    /// Takes out the pictures and documents that a model does not read: those that were named are told, those of
    /// folders counted.
    pub fn leave_out_unread(&mut self, card: &ModelCard) {
        let unread = |attached: &mut Attached| match &attached.content {
            Content::Media(media) => !card.reads(media.kind),
            Content::Text(_) => false,
        };
        for Attached {
            name,
            content,
            is_named,
            ..
        } in self.attached.extract_if(.., unread)
        {
            match content {
                Content::Media(media) => {
                    let why = Why::Unread(media.kind);
                    let left_out = if is_named {
                        &mut self.refused
                    } else {
                        &mut self.passed_over
                    };
                    left_out.push(NotAttached { name, why });
                }
                Content::Text(_) => {}
            }
        }
    }

    /// Files of named folders that do not go along, each with its reason; of many only the first, and how many more.
    pub fn passed_over_said(&self) -> Vec<Said> {
        const MORE: Phrase = Phrase::new("{} more files are not sent", "另有 {} 个文件未发送");
        /// The most that are told one by one.
        const MOST_TOLD: usize = 3;
        let all = &self.passed_over;
        // One more is told as fast as counted.
        let told = match all.len() {
            few if few <= MOST_TOLD + 1 => few,
            _ => MOST_TOLD,
        };
        let mut said: Vec<Said> = all.iter().take(told).map(NotAttached::said).collect();
        if all.len() > told {
            said.push(Said::new(MORE, &[&(all.len() - told)]));
        }
        said
    }

    /// The first picture or document that was named and that the model does not read.
    pub fn unread(&self) -> Option<MediaKind> {
        self.refused.iter().find_map(|refused| match refused.why {
            Why::Unread(kind) => Some(kind),
            _ => None,
        })
    }

    /// About how many tokens all of it takes.
    pub fn tokens(&self) -> u64 {
        self.attached.iter().map(|attached| attached.tokens).sum()
    }
}

/// What `@` may be followed by: the files and folders round here that the rules do not hide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNames {
    /// From the folder on, folders with a `/` behind them; sorted, and harmless to draw.
    pub names: Vec<String>,
    /// The size of each in bytes; `None`: a folder, or not known.
    pub bytes: Vec<Option<u64>>,
}

/// Pictures and documents of earlier questions, read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAgain {
    /// By the turns of their questions.
    pub media: Vec<(usize, Vec<Media>)>,
    /// The names of those that are not there any more, or may not go along.
    pub missing: Vec<String>,
}

/// A file that was named and does not go along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAttached {
    /// As it was named.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why a file does not go along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing stands there; a glob that names nothing.
    Missing,
    /// It is no path to a file.
    OddPath,
    /// It lies outside of the project.
    Outside,
    /// A link in the project leads out of it.
    LinkedOut,
    /// It holds settings, and keys among them.
    EnvFile,
    /// It belongs to the version control.
    VersionControl,
    /// The project's rules ignore it.
    Ignored,
    /// It is no text, and no picture or document that is sent.
    Binary,
    /// It is text of an unknown encoding.
    Encoding,
    /// It has more bytes than so many.
    Large(usize),
    /// It has only so many lines.
    Lines(usize),
    /// More files are named than so many.
    Many(usize),
    /// The model reads no such thing.
    Unread(MediaKind),
    /// The system does not let it be read; its words.
    Unreadable(CleanText),
    /// Nobody here may read it.
    Locked,
    /// It is a link to nothing.
    BrokenLink,
    /// It is there, and what stands behind its name is no lines of it.
    OddLines,
    /// Lines of what has none were named.
    NoLines,
    /// It is a folder, or a glob, of which nothing goes along.
    NothingInIt,
    /// The clipboard cannot be read.
    Clipboard(NoClipboard),
}

/// Why the clipboard cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoClipboard {
    /// There is no screen here, and so none: over SSH, or on a bare console.
    NoScreen,
    /// None of the programs that read it is installed.
    NoProgram,
    /// Nothing is on it, or nothing that such a program gives away.
    Empty,
    /// The program did not end.
    TooLong,
}

impl NoClipboard {
    /// The reason in words.
    pub fn said(&self) -> Said {
        const NO_SCREEN: Phrase = Phrase::new(
            "there is no clipboard here: neither WAYLAND_DISPLAY nor DISPLAY is set",
            "这里没有剪贴板：WAYLAND_DISPLAY 和 DISPLAY 都没有设置",
        );
        const NO_PROGRAM: Phrase = Phrase::new(
            "no program here reads the clipboard; install wl-clipboard, xclip or xsel",
            "没有可以读取剪贴板的程序；请安装 wl-clipboard、xclip 或 xsel",
        );
        const EMPTY: Phrase = Phrase::new("nothing is on it", "剪贴板是空的");
        const TOO_LONG: Phrase = Phrase::new(
            "the program that reads it did not answer",
            "读取剪贴板的程序没有响应",
        );
        match self {
            Self::NoScreen => NO_SCREEN.into(),
            Self::NoProgram => NO_PROGRAM.into(),
            Self::Empty => EMPTY.into(),
            Self::TooLong => TOO_LONG.into(),
        }
    }
}

impl Why {
    /// Whether it would go along where the person insists.
    pub fn can_be_forced(&self) -> bool {
        matches!(
            self,
            Self::Outside
                | Self::LinkedOut
                | Self::EnvFile
                | Self::VersionControl
                | Self::Ignored
                | Self::Binary
                | Self::Encoding
        )
    }

    /// The reason in words.
    pub fn said(&self) -> Said {
        const MISSING: Phrase = Phrase::new("nothing is there", "文件不存在");
        const ODD: Phrase = Phrase::new("this is no path to a file", "这不是文件路径");
        const OUTSIDE: Phrase = Phrase::new("it is outside of the project", "它在项目之外");
        const LINKED: Phrase = Phrase::new("a link leads out of the project", "链接指向项目之外");
        const ENV: Phrase = Phrase::new("it holds settings and keys", "它保存着配置和密钥");
        const GIT: Phrase = Phrase::new("it belongs to the version control", "它属于版本控制系统");
        const IGNORED: Phrase = Phrase::new(
            "the project's rules (.gitignore) ignore it",
            "项目规则（.gitignore）忽略它",
        );
        const BINARY: Phrase = Phrase::new("it is no text", "它不是文本");
        const ENCODING: Phrase = Phrase::new(
            "its text is not in UTF-8 or UTF-16",
            "其文本不是 UTF-8 或 UTF-16 编码",
        );
        const LARGE: Phrase = Phrase::new("it is larger than {} KiB", "它大于 {} KiB");
        const LINES: Phrase = Phrase::new("it has only {} lines", "它只有 {} 行");
        const MANY: Phrase = Phrase::new(
            "more than {} files; name fewer",
            "超过 {} 个文件；请少选一些",
        );
        const IMAGES: Phrase = Phrase::new("this model reads no pictures", "此模型不能读取图片");
        const FILES: Phrase =
            Phrase::new("this model reads no PDF files", "此模型不能读取 PDF 文件");
        const LOCKED: Phrase =
            Phrase::new("its permissions do not let you read it", "没有读取它的权限");
        const BROKEN: Phrase = Phrase::new("it is a link that leads nowhere", "它是失效的链接");
        const ODD_LINES: Phrase = Phrase::new(
            "these are no lines of it; write :10, :10-40 or :10-",
            "行号无效；请写作 :10、:10-40 或 :10-",
        );
        const NO_LINES: Phrase = Phrase::new("it has no lines", "它没有行号可选");
        const NOTHING_IN_IT: Phrase = Phrase::new(
            "there is nothing in it that goes along",
            "其中没有可以发送的文件",
        );
        match self {
            Self::Locked => LOCKED.into(),
            Self::BrokenLink => BROKEN.into(),
            Self::OddLines => ODD_LINES.into(),
            Self::NoLines => NO_LINES.into(),
            Self::NothingInIt => NOTHING_IN_IT.into(),
            Self::Missing => MISSING.into(),
            Self::OddPath => ODD.into(),
            Self::Outside => OUTSIDE.into(),
            Self::LinkedOut => LINKED.into(),
            Self::EnvFile => ENV.into(),
            Self::VersionControl => GIT.into(),
            Self::Ignored => IGNORED.into(),
            Self::Binary => BINARY.into(),
            Self::Encoding => ENCODING.into(),
            Self::Large(bytes) => Said::new(LARGE, &[&(bytes / 1024)]),
            Self::Lines(lines) => Said::new(LINES, &[lines]),
            Self::Many(files) => Said::new(MANY, &[files]),
            Self::Unread(kind) if kind.is_image() => IMAGES.into(),
            Self::Unread(_) => FILES.into(),
            Self::Unreadable(words) => Said::verbatim(words),
            Self::Clipboard(why) => why.said(),
        }
    }
}

/// What is said of `@` before words that look like paths and lead to nothing: the question goes with them as they are.
pub fn absent_said(paths: &[String]) -> Option<Said> {
    const ONE: Phrase = Phrase::new(
        "{} names no file here: it goes as words",
        "{} 不是这里的文件：按文字发送",
    );
    const SEVERAL: Phrase = Phrase::new(
        "{} name no files here: they go as words",
        "{} 不是这里的文件：按文字发送",
    );
    let phrase = match paths.len() {
        0 => return None,
        1 => ONE,
        _ => SEVERAL,
    };
    let named: Vec<String> = paths.iter().map(|path| format!("@{path}")).collect();
    Some(Said::new(phrase, &[&CleanText::line(&named.join(", "))]))
}

impl NotAttached {
    /// The file and the reason: "notes.bin is not sent: it is no text".
    pub fn said(&self) -> Said {
        const NOT_SENT: Phrase = Phrase::new("{} is not sent: {}", "未发送 {}：{}");
        let name = Said::verbatim(CleanText::line(&self.name));
        Said::joined(NOT_SENT, &[name, self.why.said()])
    }
}
