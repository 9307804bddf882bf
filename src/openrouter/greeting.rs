//! What is seen of an encrypted connection as it begins: when the greeting was sent, and who issued the
//! certificate that was accepted. reqwest tells neither of a connection inside a proxy's tunnel, nor on which
//! side of the greeting a wait ran out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rustls::NamedGroup;
use rustls::client::{
    ClientSessionMemoryCache, ClientSessionStore, Tls12ClientSessionValue, Tls13ClientSessionValue,
};
use rustls::pki_types::ServerName;

/// How many sessions are kept to be taken up again: as many as rustls itself keeps.
const SESSIONS: usize = 256;

/// What was seen of one host. A proxy that is spoken to by TLS is another host.
#[derive(Debug)]
pub(super) struct Greeting {
    host: String,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    begun: Option<Instant>,
    issuer: Option<String>,
}

impl Greeting {
    /// Nothing was seen of this host yet.
    pub(super) fn of(host: &str) -> Self {
        Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            seen: Mutex::default(),
        }
    }

    /// When the host was last greeted, where that was not before this. The greeting leaves as soon as the way
    /// stands, a proxy's tunnel included.
    pub(super) fn begun_since(&self, earlier: Instant) -> Option<Instant> {
        self.seen().begun.filter(|begun| *begun >= earlier)
    }

    /// Who issued the certificate that was accepted last.
    pub(super) fn issuer(&self) -> Option<String> {
        self.seen().issuer.clone()
    }

    /// Its certificate was accepted.
    pub(super) fn accepted(&self, name: &ServerName<'_>, issuer: Option<String>) {
        if self.is_of(name) {
            self.seen().issuer = issuer;
        }
    }

    fn begins(&self, name: &ServerName<'_>) {
        if self.is_of(name) {
            self.seen().begun = Some(Instant::now());
        }
    }

    fn is_of(&self, name: &ServerName<'_>) -> bool {
        name.to_str().eq_ignore_ascii_case(&self.host)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps sessions as rustls does, and tells when one is looked for: that is the first thing a greeting needs.
#[derive(Debug)]
pub(super) struct TellsGreetings {
    kept: ClientSessionMemoryCache,
    greeting: Arc<Greeting>,
}

impl TellsGreetings {
    pub(super) fn to(greeting: &Arc<Greeting>) -> Self {
        Self {
            kept: ClientSessionMemoryCache::new(SESSIONS),
            greeting: Arc::clone(greeting),
        }
    }
}

impl ClientSessionStore for TellsGreetings {
    fn set_kx_hint(&self, server_name: ServerName<'static>, group: NamedGroup) {
        self.kept.set_kx_hint(server_name, group);
    }

    fn kx_hint(&self, server_name: &ServerName<'_>) -> Option<NamedGroup> {
        self.greeting.begins(server_name);
        self.kept.kx_hint(server_name)
    }

    fn set_tls12_session(&self, server_name: ServerName<'static>, value: Tls12ClientSessionValue) {
        self.kept.set_tls12_session(server_name, value);
    }

    fn tls12_session(&self, server_name: &ServerName<'_>) -> Option<Tls12ClientSessionValue> {
        self.kept.tls12_session(server_name)
    }

    fn remove_tls12_session(&self, server_name: &ServerName<'static>) {
        self.kept.remove_tls12_session(server_name);
    }

    fn insert_tls13_ticket(
        &self,
        server_name: ServerName<'static>,
        value: Tls13ClientSessionValue,
    ) {
        self.kept.insert_tls13_ticket(server_name, value);
    }

    fn take_tls13_ticket(
        &self,
        server_name: &ServerName<'static>,
    ) -> Option<Tls13ClientSessionValue> {
        self.kept.take_tls13_ticket(server_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_is_the_hosts_own_and_of_its_time() {
        let greeting = Arc::new(Greeting::of("API.example"));
        let before = Instant::now();
        let store = TellsGreetings::to(&greeting);
        let name = |name: &'static str| ServerName::try_from(name).unwrap();
        store.kx_hint(&name("proxy.example"));
        assert_eq!(greeting.begun_since(before), None);
        store.kx_hint(&name("api.example"));
        let begun = greeting.begun_since(before).unwrap();
        let after = begun + std::time::Duration::from_nanos(1);
        assert_eq!(greeting.begun_since(after), None);
        greeting.accepted(&name("proxy.example"), Some("another".into()));
        assert_eq!(greeting.issuer(), None);
        greeting.accepted(&name("api.example"), Some("its own".into()));
        assert_eq!(greeting.issuer().unwrap(), "its own");
    }
}
