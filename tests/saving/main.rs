//! Saving a person's file: links, modes, other programs, full disks and sudden death.
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "a test stands in for the other programs"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod project;
mod sudden;

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;

use onramp::domain::symptom::FileProblem;
use onramp::files::{exposure, make_private, read, remove, save, save_private, save_shared};
use onramp::text::Lang;
use project::{Project, kind};

#[test]
fn a_new_file_is_for_its_owner_only() {
    let project = Project::empty();
    let before = project.read();
    assert_eq!((before.bytes.as_deref(), before.mode()), (None, None));
    let after = save(&before, b"A=1\n").unwrap();
    assert_eq!(after.bytes.as_deref(), Some(&b"A=1\n"[..]));
    assert_eq!((after.mode(), project.mode(".env")), (Some(0o600), 0o600));
    assert_eq!(project.names(), [".env"]);
}

#[test]
fn a_new_file_for_a_repository_is_for_all_who_may_see_its_folder() {
    for (folder, file) in [(0o755, 0o644), (0o750, 0o640), (0o700, 0o600)] {
        let project = Project::empty();
        project.chmod("", folder);
        let after = save_shared(&project.read(), b".env\n").unwrap();
        assert_eq!(after.mode(), Some(file), "{folder:o}");
    }
}

#[test]
fn mode_and_owner_are_kept() {
    let project = Project::with("A=1\n");
    project.chmod(".env", 0o640);
    let owner = |project: &Project| {
        let metadata = fs::metadata(project.path(".env")).unwrap();
        (metadata.uid(), metadata.gid())
    };
    // Only root may give a file away; for everybody else their own id must stay.
    let _ = std::os::unix::fs::chown(project.path(".env"), Some(12345), Some(23456));
    let before = owner(&project);
    save(&project.read(), b"A=2\n").unwrap();
    assert_eq!(
        (project.text().as_str(), project.mode(".env")),
        ("A=2\n", 0o640)
    );
    assert_eq!(owner(&project), before);
}

#[cfg(target_os = "linux")]
#[test]
fn extended_attributes_are_kept() {
    use rustix::fs::{XattrFlags, getxattr, setxattr};
    let project = Project::with("A=1\n");
    let path = project.path(".env");
    if setxattr(&path, "user.note", b"mine", XattrFlags::empty()).is_err() {
        eprintln!("no extended attributes on this file system: nothing to keep");
        return;
    }
    save(&project.read(), b"A=2\n").unwrap();
    let mut note = [0; 16];
    let length = getxattr(&path, "user.note", &mut note[..]).unwrap();
    assert_eq!(&note[..length], b"mine");
}

#[test]
fn the_same_bytes_write_nothing() {
    let project = Project::with("A=1\n");
    let inode = || fs::metadata(project.path(".env")).unwrap().ino();
    let before = inode();
    save(&project.read(), b"A=1\n").unwrap();
    assert_eq!(inode(), before);
}

#[test]
fn a_link_stays_and_the_file_behind_it_changes() {
    let project = Project::empty();
    fs::create_dir(project.path("shared")).unwrap();
    fs::write(project.path("shared/env"), "A=1\n").unwrap();
    symlink("shared/env", project.path("middle")).unwrap();
    symlink("middle", project.path(".env")).unwrap();
    let before = project.read();
    assert!(before.is_link);
    assert_eq!(before.named, project.path(".env"));
    assert_eq!(before.target, project.path("shared/env"));
    save(&before, b"A=2\n").unwrap();
    assert!(
        fs::symlink_metadata(project.path(".env"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(
        fs::read_to_string(project.path("shared/env")).unwrap(),
        "A=2\n"
    );
    assert_eq!(project.names(), [".env", "middle", "shared"]);
    assert_eq!(fs::read_dir(project.path("shared")).unwrap().count(), 1);
}

#[test]
fn a_link_that_leads_nowhere_is_told() {
    let project = Project::empty();
    symlink("gone", project.path(".env")).unwrap();
    assert_eq!(kind(read(&project.path(".env"))), FileProblem::BrokenLink);
    symlink("loop", project.path("loop")).unwrap();
    assert_eq!(kind(read(&project.path("loop"))), FileProblem::BrokenLink);
}

#[test]
fn what_is_no_regular_file_is_refused_without_blocking() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let project = Project::empty();
    fs::create_dir(project.path("folder")).unwrap();
    mknodat(
        CWD,
        project.path("pipe"),
        FileType::Fifo,
        Mode::RUSR | Mode::WUSR,
        0,
    )
    .unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(project.path("socket")).unwrap();
    symlink("pipe", project.path("link")).unwrap();
    for name in ["folder", "pipe", "socket", "link", "/dev/null"] {
        assert_eq!(
            kind(read(&project.path(name))),
            FileProblem::NotARegularFile,
            "{name}"
        );
    }
    assert_eq!(
        kind(save_private(&project.path("pipe"), b"x")),
        FileProblem::NotARegularFile
    );
    assert_eq!(
        kind(remove(&project.path("folder"))),
        FileProblem::NotARegularFile
    );
}

#[test]
fn a_read_only_file_is_not_replaced() {
    // By its mode, so that it holds for root as well.
    let project = Project::with("A=1\n");
    project.chmod(".env", 0o444);
    assert_eq!(
        kind(save(&project.read(), b"A=2\n")),
        FileProblem::NoPermission
    );
    assert_eq!(project.text(), "A=1\n");
    assert_eq!(project.names(), [".env"]);
}

#[test]
fn a_folder_that_takes_no_files_is_told() {
    let project = Project::with("A=1\n");
    project.chmod("", 0o555);
    let outcome = save(&project.read(), b"A=2\n");
    project.chmod("", 0o755);
    if rustix::process::geteuid().is_root() {
        // Root may write there all the same; not even root may create files in /sys.
        outcome.unwrap();
        #[cfg(target_os = "linux")]
        {
            let before = read(Path::new("/sys/.env")).unwrap();
            assert_eq!(kind(save(&before, b"A=1\n")), FileProblem::NoPermission);
        }
    } else {
        assert_eq!(kind(outcome), FileProblem::NoPermission);
        assert_eq!(project.text(), "A=1\n");
    }
    assert_eq!(project.names(), [".env"]);
}

#[test]
fn a_missing_folder_is_told() {
    let project = Project::empty();
    let before = read(&project.path("gone/.env")).unwrap();
    assert_eq!(kind(save(&before, b"A=1\n")), FileProblem::Missing);
}

#[test]
fn both_names_of_a_file_see_the_change() {
    for new in ["A=2\nlonger\n", "", "A=3"] {
        let project = Project::with("A=1\nB=2\n");
        fs::hard_link(project.path(".env"), project.path("other")).unwrap();
        save(&project.read(), new.as_bytes()).unwrap();
        assert_eq!(project.text(), new);
        assert_eq!(fs::read_to_string(project.path("other")).unwrap(), new);
        assert_eq!(project.names(), [".env", "other"]);
    }
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    type Meanwhile = fn(&Project);
    let others: [(Meanwhile, &str); 4] = [
        (
            |project| fs::write(project.path(".env"), "A=3\n").unwrap(),
            "A=3\n",
        ),
        (|project| project.chmod(".env", 0o640), "A=1\n"),
        (
            |project| {
                fs::write(project.path("new"), "A=1\n").unwrap();
                fs::rename(project.path("new"), project.path(".env")).unwrap();
            },
            "A=1\n",
        ),
        (
            |project| {
                fs::rename(project.path(".env"), project.path("real")).unwrap();
                symlink("real", project.path(".env")).unwrap();
            },
            "A=1\n",
        ),
    ];
    for (meanwhile, left) in others {
        let project = Project::with("A=1\n");
        let before = project.read();
        meanwhile(&project);
        let names = project.names();
        assert_eq!(kind(save(&before, b"A=2\n")), FileProblem::Changed);
        assert_eq!(project.text(), left);
        assert_eq!(project.names(), names);
    }
}

#[test]
fn a_file_that_appeared_or_vanished_meanwhile_is_left_alone() {
    let project = Project::empty();
    let before = project.read();
    fs::write(project.path(".env"), "A=1\n").unwrap();
    assert_eq!(kind(save(&before, b"A=2\n")), FileProblem::Changed);
    assert_eq!(project.text(), "A=1\n");
    let before = project.read();
    fs::remove_file(project.path(".env")).unwrap();
    assert_eq!(kind(save(&before, b"A=2\n")), FileProblem::Changed);
    assert_eq!(project.names(), Vec::<String>::new());
}

#[test]
fn no_save_is_lost_when_several_save_at_once() {
    let project = Project::with("0");
    let add_one = || {
        loop {
            let before = project.read();
            let count: u32 = std::str::from_utf8(before.text()).unwrap().parse().unwrap();
            match save(&before, (count + 1).to_string().as_bytes()) {
                Ok(_) => return,
                Err(trouble) => assert_eq!(trouble.kind, FileProblem::Changed, "{trouble:?}"),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..10).for_each(|_| add_one()));
        }
    });
    assert_eq!(project.text(), "40");
    assert_eq!(project.names(), [".env"]);
}

#[test]
fn the_program_s_own_files_are_private_with_their_folders() {
    let project = Project::empty();
    let path = project.path("state/deep/key");
    save_private(&path, b"one").unwrap();
    assert_eq!(
        (project.mode("state"), project.mode("state/deep")),
        (0o700, 0o700)
    );
    project.chmod("state/deep/key", 0o644);
    save_private(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(project.mode("state/deep/key"), 0o600);
    symlink("state/deep/key", project.path("link")).unwrap();
    save_private(&project.path("link"), b"three").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"three");
    remove(&path).unwrap();
    remove(&path).unwrap();
    assert_eq!(fs::read_dir(project.path("state/deep")).unwrap().count(), 0);
}

#[test]
fn a_file_that_others_can_read_is_pointed_out_and_mended() {
    let project = Project::with("A=1\n");
    project.chmod(".env", 0o644);
    let before = project.read();
    let words = exposure(&before).unwrap().say(Lang::En);
    assert!(
        words.contains("mode 0644") && words.contains("chmod 600 /"),
        "{words}"
    );
    make_private(&before).unwrap();
    assert_eq!(project.mode(".env"), 0o600);
    assert_eq!(exposure(&project.read()), None);
}

#[test]
fn a_snapshot_s_debug_shows_no_bytes() {
    let project = Project::with("hunter2");
    let shown = format!("{:?}", project.read());
    assert!(
        !shown.contains("hunter2") && !shown.contains("104, 117"),
        "{shown}"
    );
}
