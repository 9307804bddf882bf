//! The sandbox as a server beside the program under test.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test program uses its own part"
)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running `onramp sandbox`; stopped when dropped.
pub struct Server {
    child: Child,
    pub base_url: String,
    pub api_key: String,
    pub management_key: String,
}

impl Server {
    /// Starts one, with more arguments.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onramp"))
            .args(["sandbox", "--json"])
            .args(
                ["--rate", "0"]
                    .iter()
                    .filter(|_| !arguments.contains(&"--rate")),
            )
            .args(arguments)
            .env(
                "ONRAMP_HOME",
                std::env::temp_dir().join("onramp-tests-sandbox"),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sandbox starts");
        let mut line = String::new();
        let output = child.stdout.take().expect("its output is piped");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it says where it listens");
        let said: serde_json::Value = serde_json::from_str(&line).expect("one line of JSON");
        let text = |name: &str| said[name].as_str().expect("a text").to_owned();
        Self {
            base_url: text("base_url"),
            api_key: text("api_key"),
            management_key: text("management_key"),
            child,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
