//! A key that stands where others may read it: in the tree, in what is staged, in the history.

use std::path::PathBuf;

use super::page::Page;

/// Whose key it is, as far as its shape tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Vendor {
    /// OpenRouter.
    OpenRouter,
    /// Anthropic.
    Anthropic,
    /// OpenAI.
    OpenAi,
    /// A bare `sk-` key: OpenAI's old shape, and that of many servers that speak like it.
    OpenAiLike,
    /// Google: Gemini, and every other of its APIs.
    Google,
    /// Groq.
    Groq,
    /// xAI.
    Xai,
    /// Hugging Face.
    HuggingFace,
    /// Perplexity.
    Perplexity,
    /// Replicate.
    Replicate,
    /// Fireworks.
    Fireworks,
    /// Together.
    Together,
    /// NVIDIA.
    Nvidia,
    /// Langfuse.
    Langfuse,
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// npm.
    Npm,
    /// Slack.
    Slack,
    /// Stripe.
    Stripe,
    /// AWS: the id of an access key, whose secret is seldom far.
    Aws,
}

impl Vendor {
    /// Its stable name in JSON.
    pub fn id(self) -> &'static str {
        self.row().0
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// The variable that its programs read the key from.
    pub fn variable(self) -> &'static str {
        self.row().2
    }

    /// The page where its keys are made and revoked; `None` where the shape does not tell whose it is.
    pub fn keys_page(self) -> Option<Page> {
        match self {
            Self::OpenRouter => Some(Page::Keys),
            _ => self.row().3.map(|url| Page::Url(url.into())),
        }
    }

    /// Id, name, variable, page of the keys.
    fn row(
        self,
    ) -> (
        &'static str,
        &'static str,
        &'static str,
        Option<&'static str>,
    ) {
        match self {
            Self::OpenRouter => ("openrouter", "OpenRouter", "OPENROUTER_API_KEY", None),
            Self::Anthropic => (
                "anthropic",
                "Anthropic",
                "ANTHROPIC_API_KEY",
                Some("https://console.anthropic.com/settings/keys"),
            ),
            Self::OpenAi => (
                "openai",
                "OpenAI",
                "OPENAI_API_KEY",
                Some("https://platform.openai.com/api-keys"),
            ),
            Self::OpenAiLike => ("openai-like", "OpenAI or alike", "OPENAI_API_KEY", None),
            Self::Google => (
                "google",
                "Google",
                "GEMINI_API_KEY",
                Some("https://console.cloud.google.com/apis/credentials"),
            ),
            Self::Groq => (
                "groq",
                "Groq",
                "GROQ_API_KEY",
                Some("https://console.groq.com/keys"),
            ),
            Self::Xai => ("xai", "xAI", "XAI_API_KEY", Some("https://console.x.ai")),
            Self::HuggingFace => (
                "huggingface",
                "Hugging Face",
                "HF_TOKEN",
                Some("https://huggingface.co/settings/tokens"),
            ),
            Self::Perplexity => (
                "perplexity",
                "Perplexity",
                "PERPLEXITY_API_KEY",
                Some("https://www.perplexity.ai/settings/api"),
            ),
            Self::Replicate => (
                "replicate",
                "Replicate",
                "REPLICATE_API_TOKEN",
                Some("https://replicate.com/account/api-tokens"),
            ),
            Self::Fireworks => ("fireworks", "Fireworks", "FIREWORKS_API_KEY", None),
            Self::Together => ("together", "Together", "TOGETHER_API_KEY", None),
            Self::Nvidia => ("nvidia", "NVIDIA", "NVIDIA_API_KEY", None),
            Self::Langfuse => ("langfuse", "Langfuse", "LANGFUSE_SECRET_KEY", None),
            Self::GitHub => (
                "github",
                "GitHub",
                "GITHUB_TOKEN",
                Some("https://github.com/settings/tokens"),
            ),
            Self::GitLab => (
                "gitlab",
                "GitLab",
                "GITLAB_TOKEN",
                Some("https://gitlab.com/-/user_settings/personal_access_tokens"),
            ),
            Self::Npm => (
                "npm",
                "npm",
                "NPM_TOKEN",
                Some("https://www.npmjs.com/settings/~/tokens"),
            ),
            Self::Slack => (
                "slack",
                "Slack",
                "SLACK_BOT_TOKEN",
                Some("https://api.slack.com/apps"),
            ),
            Self::Stripe => (
                "stripe",
                "Stripe",
                "STRIPE_SECRET_KEY",
                Some("https://dashboard.stripe.com/apikeys"),
            ),
            Self::Aws => (
                "aws",
                "AWS",
                "AWS_ACCESS_KEY_ID",
                Some("https://console.aws.amazon.com/iam/home#/security_credentials"),
            ),
        }
    }
}

/// How the file with the key stands with git.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In the index: it is, or will be, in every copy of the repository.
    Tracked {
        /// A rule ignores it all the same, which does nothing any more.
        is_ignored: bool,
    },
    /// In a repository, neither tracked nor ignored: the next `git add .` takes it.
    Loose,
    /// In no repository, or git cannot tell.
    Outside,
    /// In what the next commit takes, and not in the commit before.
    Staged,
    /// In a commit: the oldest one that brought the key to this path.
    Past {
        /// The commit's id, whole.
        commit: String,
        /// Its day, `2026-08-21`.
        day: String,
    },
}

/// A key that stands where others may read it. Of the key only the mask is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// Whose key.
    pub vendor: Vendor,
    /// The key, masked.
    pub key_masked: String,
    /// The file.
    pub path: PathBuf,
    /// It is a `.env` file that programs read, where keys belong as long as git does not see it.
    pub is_env_file: bool,
    /// The key's line, from 1.
    pub line: usize,
    /// The key's first character in that line, from 1.
    pub column: usize,
    /// How the file stands with git.
    pub standing: Standing,
}

/// What a look over the tree found in the time it had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeLook {
    /// The keys, by path and line.
    pub leaks: Vec<Leak>,
    /// Every file was looked at.
    pub is_whole: bool,
}
