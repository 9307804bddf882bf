//! A .env file as text: read as programs read it, changed without disturbing anybody else's bytes.
//!
//! There is no specification of the format, and its readers disagree on almost everything but
//! `NAME=plainvalue`. So a change here touches only its own span, and is handed out only after
//! three different readings of the file agree that nothing else moved. No file is opened here:
//! bytes come in, bytes go out; `files` reads and saves them.
//!
//! ```text
//! bytes ─ syntax ─> items ─ edit (place, value) ─> patch ─ verify (scanner, dotenvy, shell) ─> Edited
//!                     ├─ read (what a program sees) · diff (what a person sees) · template
//!                     └─ doctor (what a program sees otherwise) ─> mend ─ verify ─> bytes
//! ```

pub mod diff;
pub mod doctor;
pub mod edit;
pub mod example;
pub mod read;
pub mod refusal;
pub mod syntax;
pub mod template;
pub mod warning;

mod assignment;
mod calm;
mod heredoc;
mod insert;
mod lines;
mod mask;
mod patch;
mod place;
mod reference;
mod replace;
mod shell;
mod sight;
mod spelling;
mod unset;
mod value;
mod verify;
mod window;

pub use edit::{ChangeKind, Changed, Edited, set};
pub use mask::{shown_value, tells_of_secret};
pub use read::{Binding, bindings, lookup, occurrences};
pub use refusal::{Reason, Refusal};
pub use unset::unset;
pub use value::is_plain;
pub use warning::Warning;
