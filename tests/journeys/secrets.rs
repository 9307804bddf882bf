//! After a whole run the key is where it was put, and nowhere else.

use std::path::{Path, PathBuf};

use crate::server::Server;
use crate::terminal::Desk;
use crate::walks::to_the_key;

#[test]
fn the_key_is_in_no_frame_log_temporary_file_or_process_list() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let temporary = tempfile::tempdir().expect("a folder can be made");
    let desk = desk.with("TMPDIR", temporary.path().to_str().expect("UTF-8"));
    let log = desk.home.path().join("log");
    let key = server.api_key.clone();
    let mut terminal = desk.start(&["--log", log.to_str().expect("UTF-8")]);
    to_the_key(&mut terminal);
    terminal.paste(&key).see("received").press("enter");
    terminal.see("The server accepts this key").press("enter");
    terminal.see("The whole change").press("enter");
    terminal
        .see("Written and read back")
        .press("enter")
        .see("Run the quick test")
        .press("enter");
    terminal.see("The setup works");
    assert_eq!(processes_naming(&key, terminal.pid()), Vec::<String>::new());
    // Its faults may say what was sent: the raw view of one is looked at, too.
    terminal
        .press("enter")
        .see("Step 6 of 6")
        .press("enter")
        .see("What next")
        .press("q");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.everything().contains(&key), "in a frame");
    let log = std::fs::read_to_string(&log).expect("there is a log");
    assert!(
        log.contains("/key") && log.contains("/chat/completions"),
        "{log}"
    );
    assert!(!log.contains(&key), "in the log");
    for root in [desk.home.path(), temporary.path(), desk.folder.path()] {
        for file in files(root) {
            let is_put_there = file == desk.path(".env");
            let bytes = std::fs::read(&file).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                is_put_there || !text.contains(&key),
                "in {}",
                file.display()
            );
        }
    }
    assert!(desk.read(".env").contains(&key));
}

/// Command lines of processes that name the key. The server's own says nothing either.
fn processes_naming(key: &str, one_of_them: u32) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let lines: Vec<(String, String)> = entries
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_string_lossy().into_owned();
            pid.parse::<u32>().ok()?;
            let line = std::fs::read(entry.path().join("cmdline")).ok()?;
            Some((pid, String::from_utf8_lossy(&line).into_owned()))
        })
        .collect();
    assert!(
        lines.iter().any(|(pid, _)| *pid == one_of_them.to_string()),
        "the list is whole"
    );
    lines
        .into_iter()
        .map(|(_, line)| line)
        .filter(|line| line.contains(key))
        .collect()
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = std::fs::read_dir(root) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.is_file() {
            found.push(path);
        }
    }
    found
}
