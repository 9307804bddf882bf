//! The kinds of programs that read .env files, each with its own idea of the format.

use crate::text::{Phrase, Said};

/// A kind of program that reads .env files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EnvReader {
    /// The crate dotenvy, and uv, which uses it.
    Dotenvy,
    /// The package dotenv and what is built on it: dotenv-expand, Next.js, dotenvx.
    Npm,
    /// `node --env-file`.
    Node,
    /// Next.js.
    Next,
    /// Vite and what is built on it.
    Vite,
    /// Bun.
    Bun,
    /// `deno --env-file`.
    Deno,
    /// python-dotenv.
    PythonDotenv,
    /// python-decouple, starlette, django-environ: line by line.
    Decouple,
    /// Docker Compose.
    Compose,
    /// `docker run --env-file`, and Compose with `format: raw`.
    DockerRun,
    /// godotenv, and direnv's `dotenv`.
    Go,
    /// The gem dotenv.
    Ruby,
    /// symfony/dotenv and vlucas/phpdotenv.
    Php,
    /// `set -a; . ./.env` in a shell.
    Shell,
    /// `EnvironmentFile=` of systemd.
    Systemd,
    /// `include .env` in a Makefile.
    Make,
}

impl EnvReader {
    /// What people call it.
    pub fn words(self) -> Said {
        const SHELL: Phrase = Phrase::new("shells (source)", "shell（source）");
        let name = match self {
            Self::Shell => return SHELL.into(),
            Self::Dotenvy => "dotenvy",
            Self::Npm => "dotenv (npm)",
            Self::Node => "node --env-file",
            Self::Next => "Next.js",
            Self::Vite => "Vite",
            Self::Bun => "Bun",
            Self::Deno => "Deno",
            Self::PythonDotenv => "python-dotenv",
            Self::Decouple => "python-decouple",
            Self::Compose => "Docker Compose",
            Self::DockerRun => "docker run --env-file",
            Self::Go => "godotenv",
            Self::Ruby => "dotenv (Ruby)",
            Self::Php => "PHP dotenv",
            Self::Systemd => "systemd",
            Self::Make => "make",
        };
        Said::verbatim(name)
    }
}
