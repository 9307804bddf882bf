//! `onramp sandbox`: one line says where it listens, and it ends when it is told to.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::process::Child;

use serde_json::Value;

use crate::server::Server;
use crate::support::{Desk, shape};

/// Starts it and reads the line that it prints.
fn start(desk: &Desk, words: &[&str]) -> (Child, BufReader<std::process::ChildStdout>, String) {
    let mut command = desk.command(&[&["sandbox", "--rate", "0"], words].concat());
    let mut child = command.spawn().expect("the program can be run");
    let mut out = BufReader::new(child.stdout.take().expect("its output is piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("it says something");
    (child, out, line)
}

#[cfg(unix)]
#[test]
fn the_line_of_json_comes_when_it_listens_and_a_signal_ends_it_in_good_order() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let (mut child, mut out, line) = start(&Desk::new(), &["--json"]);
        let said: Value = serde_json::from_str(&line).expect("one line of JSON");
        assert_eq!(
            shape(&said),
            "{api_key: text, base_url: text, management_key: text, pid: count}"
        );
        assert_eq!(said["pid"], child.id());
        let base_url = said["base_url"].as_str().expect("a text");
        let desk = Desk::new().with("OPENROUTER_API_BASE", base_url).with(
            "OPENROUTER_API_KEY",
            said["api_key"].as_str().expect("a text"),
        );
        assert_eq!(desk.run(&["ask", "Reply with ok"]).ends(0).out, "ok\n");
        // A connection that stays open does not keep it.
        let address = base_url
            .strip_prefix("http://")
            .and_then(|url| url.split('/').next());
        let _idle = TcpStream::connect(address.expect("an address")).expect("it listens");
        kill_process(Pid::from_child(&child), signal).expect("it runs");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{signal:?}: {status:?}");
        let mut rest = String::new();
        out.read_to_string(&mut rest).expect("text");
        assert_eq!(rest, "", "the line is all of stdout");
    }
}

#[test]
fn for_a_person_it_prints_the_lines_of_a_env_file() {
    let (mut child, out, first) = start(&Desk::new(), &[]);
    assert!(first.contains("A simulated OpenRouter listens"), "{first}");
    let mut names = Vec::new();
    for line in out.lines().map_while(Result::ok).take(3) {
        names.push(line.split_once('=').expect("NAME=VALUE").0.to_owned());
    }
    assert_eq!(
        names,
        [
            "OPENROUTER_API_BASE",
            "OPENROUTER_API_KEY",
            "OPENROUTER_MANAGEMENT_KEY"
        ]
    );
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

#[test]
fn it_listens_at_the_port_that_was_asked_for_and_a_taken_one_is_told() {
    let server = Server::start(&[]);
    let port = server.base_url.split([':', '/']).nth(4).expect("a port");
    for words in [
        &["sandbox", "--port", port][..],
        &["sandbox", "--json", "--port", port],
    ] {
        Desk::new()
            .run(words)
            .ends(7)
            .without_result()
            .notes("Another program may hold the port")
            .notes("hint: Choose another port");
    }
    Desk::new().run(&["sandbox", "--port", "70000"]).ends(2);
}

#[test]
fn faults_are_listed_in_both_languages_and_an_unknown_one_is_a_mistake() {
    let desk = Desk::new();
    let english = desk.run(&["sandbox", "--faults"]).ends(0).quietly();
    let chinese = desk
        .run(&["sandbox", "--faults", "--lang", "zh-CN"])
        .ends(0);
    let names = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        lines.map(str::to_owned).collect()
    };
    assert!(names(&english.out).contains(&"mid-stream".to_owned()));
    assert_eq!(names(&english.out), names(&chinese.out));
    assert!(chinese.out.contains("流中途出现错误"));
    desk.run(&["sandbox", "--fault", "418"])
        .ends(2)
        .without_result()
        .notes("no fault named 418")
        .notes("onramp sandbox --faults");
}
