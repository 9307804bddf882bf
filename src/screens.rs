//! What a person meets: screens, and what may lie over them.

pub mod account_keys;
pub mod chat;
mod fixing;
pub mod help;

pub mod menu_sheet;
pub mod model_picker;
mod model_rows;
pub mod models;
pub mod note_sheet;
pub mod overlay;
pub mod palette;
pub mod qr_sheet;
pub mod screen;
mod search_line;
pub mod setup;
pub mod sheet;
pub mod trouble_sheet;
pub mod usage;

pub use overlay::Overlay;
pub use screen::Screen;
