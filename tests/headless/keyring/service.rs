//! A bus of the tests' own, and a Secret Service on it: as much of both as a keyring needs.
//!
//! The interfaces: freedesktop.org, Secret Service API, version 0.2.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use dbus::arg::{PropMap, RefArg, Variant};
use dbus::blocking::Connection;
use dbus::channel::{Channel, MatchingReceiver, Sender};
use dbus::message::MatchRule;
use dbus::{Message, Path};

const COLLECTION: &str = "/org/freedesktop/secrets/collection/login";
const SESSION: &str = "/org/freedesktop/secrets/session/s1";
const NOTHING: &str = "/";

type Attributes = HashMap<String, String>;
/// Session, parameters, value, content type.
type Wire = (Path<'static>, Vec<u8>, Vec<u8>, String);

/// A secret that is kept.
#[derive(Clone, Debug, Default)]
struct Item {
    attributes: Attributes,
    secret: Vec<u8>,
}

/// What is kept, by its path.
#[derive(Clone, Debug, Default)]
struct Shelf {
    items: Arc<Mutex<HashMap<String, Item>>>,
    is_locked: Arc<AtomicBool>,
}

impl Shelf {
    fn with<T>(&self, use_it: impl FnOnce(&mut HashMap<String, Item>) -> T) -> T {
        use_it(&mut self.items.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The item that a call goes to.
    fn at<T>(&self, call: &Message, use_it: impl FnOnce(&mut Item) -> T) -> Option<T> {
        let path = call.path()?.to_string();
        self.with(|items| items.get_mut(&path).map(use_it))
    }

    fn open(&self) -> Result<(), ()> {
        if self.is_locked.load(Ordering::SeqCst) {
            return Err(());
        }
        Ok(())
    }

    fn find(&self, wanted: &Attributes) -> Vec<Path<'static>> {
        let fits = |item: &Item| {
            let mut wanted = wanted.iter();
            wanted.all(|(name, value)| item.attributes.get(name) == Some(value))
        };
        self.with(|items| {
            let found = items.iter().filter(|(_, item)| fits(item));
            found.map(|(path, _)| path.clone().into()).collect()
        })
    }
}

/// A bus with a keyring on it; both end with it.
pub struct Bus {
    daemon: Child,
    /// Where the bus is, as `DBUS_SESSION_BUS_ADDRESS` says it.
    pub address: String,
    shelf: Shelf,
    is_over: Arc<AtomicBool>,
    serving: Option<JoinHandle<()>>,
}

impl Bus {
    /// `None`: this machine has no bus daemon.
    pub fn start() -> Option<Self> {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut address = String::new();
        let output = daemon.stdout.take().expect("its output is piped");
        let read = BufReader::new(output).read_line(&mut address);
        read.expect("it says where it listens");
        Some(Self {
            daemon,
            address: address.trim().to_owned(),
            shelf: Shelf::default(),
            is_over: Arc::default(),
            serving: None,
        })
    }

    /// Puts a keyring on the bus.
    pub fn with_keyring(mut self) -> Self {
        let mut channel = Channel::open_private(&self.address).expect("the bus takes calls");
        channel.register().expect("the bus gives a name");
        let connection = Connection::from(channel);
        let name = "org.freedesktop.secrets";
        let named = connection.request_name(name, false, true, false);
        named.expect("nobody else is called so");
        let (kept, is_over) = (self.shelf.clone(), self.is_over.clone());
        self.serving = Some(std::thread::spawn(move || {
            let answer = move |call: Message, connection: &Connection| {
                let _ = connection.send(answer(&kept, &call));
                true
            };
            connection.start_receive(MatchRule::new_method_call(), Box::new(answer));
            while !is_over.load(Ordering::SeqCst) {
                let _ = connection.process(Duration::from_millis(20));
            }
        }));
        self
    }

    /// Nobody gets anything out of it, or puts anything in.
    pub fn lock(&self, is_locked: bool) {
        self.shelf.is_locked.store(is_locked, Ordering::SeqCst);
    }

    /// The secrets that are kept.
    pub fn secrets(&self) -> Vec<String> {
        self.shelf.with(|items| {
            let secrets = items.values().map(|it| it.secret.clone());
            let texts = secrets.map(|bytes| String::from_utf8(bytes).expect("text"));
            texts.collect()
        })
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        if let Some(serving) = self.serving.take() {
            let _ = serving.join();
        }
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// What the service answers to a call.
fn answer(shelf: &Shelf, call: &Message) -> Message {
    let answered = match call.member().as_deref() {
        Some("OpenSession") => {
            let none: Variant<Box<dyn RefArg>> = Variant(Box::new(String::new()));
            Ok(call.method_return().append2(none, Path::from(SESSION)))
        }
        Some("SearchItems") => search(shelf, call),
        Some("Unlock") => shelf.open().and_then(|()| {
            let objects: Vec<Path<'static>> = call.read1().map_err(drop)?;
            Ok(call.method_return().append2(objects, Path::from(NOTHING)))
        }),
        Some("ReadAlias") => Ok(call.method_return().append1(Path::from(COLLECTION))),
        Some("CreateItem") => shelf.open().and_then(|()| create(shelf, call)),
        Some("GetSecret") => shelf.open().and_then(|()| {
            let secret = shelf.at(call, |item| item.secret.clone()).ok_or(())?;
            let wire = (Path::from(SESSION), Vec::<u8>::new(), secret, "text/plain");
            Ok(call.method_return().append1(wire))
        }),
        Some("SetSecret") => shelf.open().and_then(|()| {
            let (_, _, secret, _): Wire = call.read1().map_err(drop)?;
            shelf.at(call, |item| item.secret = secret).ok_or(())?;
            Ok(call.method_return())
        }),
        Some("Delete") => shelf.open().map(|()| {
            let path = call.path().map(|path| path.to_string());
            shelf.with(|items| items.remove(&path.unwrap_or_default()));
            call.method_return().append1(Path::from(NOTHING))
        }),
        // The only property that is asked for.
        Some("Get") => {
            let is_locked = Variant(shelf.open().is_err());
            Ok(call.method_return().append1(is_locked))
        }
        _ => Err(()),
    };
    answered.unwrap_or_else(|()| {
        let name = "org.freedesktop.Secret.Error.IsLocked".into();
        call.error(&name, c"nobody unlocks it here")
    })
}

fn search(shelf: &Shelf, call: &Message) -> Result<Message, ()> {
    let found = shelf.find(&call.read1().map_err(drop)?);
    let is_of_collection = call.path().is_some_and(|path| *path == *COLLECTION);
    let answer = call.method_return();
    Ok(match shelf.open() {
        _ if is_of_collection => answer.append1(found),
        Ok(()) => answer.append2(found, Vec::<Path<'static>>::new()),
        Err(()) => answer.append2(Vec::<Path<'static>>::new(), found),
    })
}

fn create(shelf: &Shelf, call: &Message) -> Result<Message, ()> {
    let (told, (_, _, secret, _)): (PropMap, Wire) = call.read2().map_err(drop)?;
    let attributes = told
        .get("org.freedesktop.Secret.Item.Attributes")
        .ok_or(())?;
    let mut words = attributes.0.as_iter().ok_or(())?;
    let mut item = Item {
        secret,
        ..Item::default()
    };
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        let text = |word: &dyn RefArg| word.as_str().map(str::to_owned).ok_or(());
        item.attributes.insert(text(&name)?, text(&value)?);
    }
    let path = shelf.with(|items| {
        let path = format!("{COLLECTION}/{}", items.len() + 1);
        items.insert(path.clone(), item);
        path
    });
    let answer = call.method_return();
    Ok(answer.append2(Path::from(path), Path::from(NOTHING)))
}
