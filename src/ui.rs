//! How things look: roles instead of colours, pages instead of widgets, and what was drawn where.

pub mod bars;
pub mod canvas;
pub mod code;
pub mod editor;
pub mod grid;
pub mod key_bar;
pub mod key_facts;
pub mod link;
pub mod managed_key;
pub mod markdown;
pub mod page;
pub mod page_layout;
pub mod plain;
pub mod prompt;
pub mod qr;
pub mod rows;
pub mod table;
pub mod theme;
pub mod transcript;
pub mod wrap;

pub use canvas::{Canvas, Hit, Touch};
