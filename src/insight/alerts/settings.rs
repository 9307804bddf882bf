//! What the person set about alerts.

use super::Thresholds;
use crate::domain::notify::NotifyBy;

/// Which bounds are watched, and how the terminal tells of one that is crossed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertSettings {
    /// The bounds.
    pub thresholds: Thresholds,
    /// How the terminal calls.
    pub notify: NotifyBy,
}
