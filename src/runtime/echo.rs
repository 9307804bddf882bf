//! Typing a secret unseen.

#[cfg(unix)]
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// While this lives the terminal does not show what is typed.
pub struct Echo {
    #[cfg(unix)]
    before: Option<Termios>,
}

impl Echo {
    /// Stops the echo, where standard input is a terminal.
    pub fn off() -> Self {
        #[cfg(unix)]
        {
            let stdin = std::io::stdin();
            let before = tcgetattr(&stdin).ok();
            if let Some(mut hidden) = before.clone() {
                hidden.local_modes.remove(LocalModes::ECHO);
                // A terminal that cannot hide it still works; the mask of the receipt tells the rest.
                let _ = tcsetattr(&stdin, OptionalActions::Now, &hidden);
            }
            Self { before }
        }
        #[cfg(not(unix))]
        Self {}
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
        }
    }
}
