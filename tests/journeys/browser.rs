//! What a browser does at a sign-in page: reads it, agrees or declines, follows where it is sent.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;

use crate::terminal::Desk;

/// A program named by `BROWSER` that hands each address over instead of showing it.
pub struct Browser {
    opened: PathBuf,
    pub program: PathBuf,
}

/// An answer of a server.
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: String,
}

impl Browser {
    /// One that lives in this home.
    pub fn in_home(desk: &Desk) -> Self {
        let home = desk.home.path();
        let opened = home.join("opened");
        let made = Command::new("mkfifo").arg(&opened).status();
        assert!(made.expect("mkfifo can be run").success());
        let program = home.join("browser");
        let script = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$1\" > '{}'\n",
            opened.display()
        );
        std::fs::write(&program, script).expect("a script can be written");
        let made = Command::new("chmod").arg("+x").arg(&program).status();
        assert!(made.expect("chmod can be run").success());
        Self { opened, program }
    }

    /// Waits until the program opens a page, and returns its address.
    pub fn wait(&self) -> String {
        let mut url = String::new();
        let mut pipe = std::fs::File::open(&self.opened).expect("the pipe is there");
        pipe.read_to_string(&mut url).expect("an address comes");
        url.trim().to_owned()
    }
}

/// Opens a sign-in page and presses one of its buttons (`grant` or `deny`).
pub fn press(page: &str, button: &str) -> Answer {
    let shown = get(page);
    assert_eq!(shown.status, 200, "{}", shown.body);
    let action = shown
        .body
        .split("formaction=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .find(|action| action.contains(button))
        .expect("the page has the button")
        .replace("&amp;", "&");
    let (origin, _) = split(page);
    request("POST", &format!("{origin}{action}"))
}

/// The code that a page shows.
pub fn shown_code(answer: &Answer) -> String {
    let rest = answer
        .body
        .split("class=\"code\">")
        .nth(1)
        .expect("a code is shown");
    rest.split('<').next().unwrap_or_default().to_owned()
}

/// Asks for a page.
pub fn get(url: &str) -> Answer {
    request("GET", url)
}

/// Asks for a page under another name of its host, as a page elsewhere could make a browser do.
pub fn get_under(url: &str, host: &str) -> Answer {
    let (origin, _) = split(url);
    exchange("GET", url, &origin, host)
}

fn request(method: &str, url: &str) -> Answer {
    let (origin, _) = split(url);
    exchange(method, url, &origin, origin.trim_start_matches("http://"))
}

fn exchange(method: &str, url: &str, origin: &str, host: &str) -> Answer {
    let (_, path) = split(url);
    let address = origin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the server listens");
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    .expect("the server reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("the server answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    let location = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location")
            .then(|| value.to_owned())
    });
    Answer {
        status: status.expect("a status"),
        location,
        body: body.to_owned(),
    }
}

/// The origin and the rest of an address.
fn split(url: &str) -> (String, String) {
    let rest = url.strip_prefix("http://").expect("a page on this machine");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    (format!("http://{host}"), format!("/{path}"))
}
