//! A .env file with its variables, as it is shown.

use std::path::PathBuf;

use crate::cli::output::Failure;
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::dotenv::{self, Binding};
use crate::files;
use crate::text::Lang;

/// A file with its variables.
pub(super) struct Sheet {
    pub(super) path: PathBuf,
    pub(super) bindings: Vec<Binding>,
}

impl Sheet {
    pub(super) fn read(path: PathBuf, lang: Lang) -> Result<Self, Failure> {
        let trouble = |trouble| crate::cli::diagnosed(&Symptom::File(trouble));
        let snapshot = files::read(&path).map_err(trouble)?;
        let Some(bytes) = snapshot.bytes else {
            return Err(trouble(FileTrouble {
                path,
                kind: FileProblem::Missing,
                detail: CleanText::default(),
            }));
        };
        // Where readers do not agree on the lines, none of them is shown as true.
        dotenv::syntax::trouble(&bytes).map_err(|refusal| {
            trouble(FileTrouble {
                path: path.clone(),
                kind: FileProblem::Other,
                detail: CleanText::line(&refusal.said().say(lang)),
            })
        })?;
        Ok(Self {
            bindings: dotenv::bindings(&bytes),
            path,
        })
    }
}
