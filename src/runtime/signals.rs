//! Signals of the system that the loop must hear.

use std::io;

use crate::files;

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The program ends; the signal's number.
    Ends(u8),
    /// The program goes on after having been stopped.
    Continued,
}

/// Listens for signals.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    unix: unix::Unix,
}

impl Signals {
    /// Starts listening; from here on the signals do not end the program by themselves.
    ///
    /// # Errors
    /// The system refuses to tell.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            unix: unix::Unix::listen()?,
        })
    }

    /// Forgets every Ctrl+C until now.
    pub fn forget_interrupts(&mut self) {
        #[cfg(unix)]
        self.unix.forget_interrupts();
    }

    /// The next signal.
    pub async fn next(&mut self) -> Signal {
        #[cfg(unix)]
        return self.unix.next().await;
        #[cfg(not(unix))]
        {
            // Where Ctrl+C cannot be heard, the keyboard's own comes as a key.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            Signal::Ends(2)
        }
    }
}

/// For a command that writes on its own thread: a signal takes its temporary files away and ends it.
///
/// # Errors
/// The system refuses to tell of signals.
pub fn tidy_up_on_signal() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::listen()?
    };
    std::thread::spawn(move || {
        let number = runtime.block_on(async {
            loop {
                if let Signal::Ends(number) = signals.next().await {
                    break number;
                }
            }
        });
        files::remove_temps();
        std::process::exit(128 + i32::from(number));
    });
    Ok(())
}

#[cfg(unix)]
mod unix {
    use std::io;

    use futures_util::FutureExt;
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

    use super::Signal;

    #[derive(Debug)]
    pub(super) struct Unix {
        terminate: Stream,
        hang_up: Stream,
        interrupt: Stream,
        go_on: Stream,
    }

    impl Unix {
        pub(super) fn listen() -> io::Result<Self> {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
                interrupt: signal(SignalKind::interrupt())?,
                go_on: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
            })
        }

        pub(super) fn forget_interrupts(&mut self) {
            while self.interrupt.recv().now_or_never().is_some() {}
        }

        pub(super) async fn next(&mut self) -> Signal {
            let ends =
                |kind: SignalKind| Signal::Ends(u8::try_from(kind.as_raw_value()).unwrap_or(15));
            tokio::select! {
                _ = self.terminate.recv() => ends(SignalKind::terminate()),
                _ = self.hang_up.recv() => ends(SignalKind::hangup()),
                _ = self.interrupt.recv() => ends(SignalKind::interrupt()),
                _ = self.go_on.recv() => Signal::Continued,
            }
        }
    }
}
