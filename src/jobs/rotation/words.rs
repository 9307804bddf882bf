//! What a rotation says.

use std::path::PathBuf;

use crate::domain::account::ManagedKey;
use crate::domain::clean_text::CleanText;
use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::jobs::access::{KEY, OPENAI_KEY};
use crate::jobs::doctor;
use crate::jobs::scene::Scene;
use crate::text::{Phrase, Said};

/// The key stands in no place that could hold its successor.
pub(super) fn nowhere(scene: &Scene, old: &ManagedKey) -> Said {
    const NOWHERE: Phrase = Phrase::new(
        "no .env of this project and no store of onramp holds the key “{}”, so its successor would be written nowhere. Run this in the project that uses it.",
        "此项目的 .env 和 onramp 的存储中都没有密钥“{}”，新密钥无处可写。请在使用它的项目中运行。",
    );
    let said = Said::new(NOWHERE, &[&old.name]);
    elsewhere(scene, &old.hash)
        .into_iter()
        .fold(said, Said::then)
}

/// Places that hold the key and are read only: the shell's environment and its profiles.
pub(super) fn elsewhere(scene: &Scene, hash: &str) -> Vec<Said> {
    const ELSEWHERE: Phrase = Phrase::new(
        "{} holds the old key too and is not rewritten: change it there by hand, or what reads it stops working.",
        "{} 也有旧密钥，且不会被改写：请手动修改，否则读取它的程序将无法使用。",
    );
    if scene.sandbox.is_some() {
        return Vec::new();
    }
    let is_old = |value: &str| Secret::new(value.trim()).hash() == hash;
    let in_shell = [KEY, OPENAI_KEY]
        .into_iter()
        .filter(|name| scene.environment.get(name).is_some_and(is_old))
        .map(|name| Place::Environment(name.to_owned()));
    let in_profiles = doctor::in_profiles(&scene.environment)
        .into_iter()
        .filter(|sighting| sighting.secret.hash() == hash)
        .map(|sighting| sighting.place);
    in_shell
        .chain(in_profiles)
        .map(|place| Said::joined(ELSEWHERE, &[place.said(&scene.folder)]))
        .collect()
}

/// A limit that never begins anew does with the successor.
pub(super) fn about_limit(old: &ManagedKey) -> Option<Said> {
    const FRESH: Phrase = Phrase::new(
        "the limit of {} never resets; the old key has used {} of it, the successor begins at 0",
        "限额 {} 不会重置；旧密钥已使用 {}，新密钥从 0 开始",
    );
    let limit = old.limit.filter(|_| old.limit_reset.is_none())?;
    (!old.usage.total.is_zero()).then(|| Said::new(FRESH, &[&limit, &old.usage.total]))
}

/// Lines that hold the key and are not rewritten.
pub(super) fn remains(file: &CleanText, lines: &[usize]) -> Said {
    const REMAINS: Phrase = Phrase::new(
        "{}: line {} holds the old key in a comment or in a longer value, and is left as it is",
        "{}：第 {} 行的注释或较长的值中有旧密钥，保持不变",
    );
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    Said::new(REMAINS, &[file, &lines.join(", ")])
}

/// A file that could not be read.
pub(super) fn unread(file: &CleanText) -> Said {
    const UNREAD: Phrase = Phrase::new(
        "{} cannot be read; if it holds the old key, it keeps it",
        "无法读取 {}；如果其中有旧密钥，将保持不变",
    );
    Said::new(UNREAD, &[file])
}

/// Not every folder was looked into.
pub(super) fn not_everywhere() -> Said {
    const CUT: Phrase = Phrase::new(
        "not every folder below was looked into; a .env deep inside keeps the old key",
        "没有查看所有子目录；深处的 .env 会保留旧密钥",
    );
    CUT.into()
}

/// A file that another program changed meanwhile was left.
pub(super) fn left_alone(file: &CleanText) -> Said {
    const LEFT: Phrase = Phrase::new(
        "{} holds neither key any more: somebody changed it, and it was left alone",
        "{} 中已没有新旧密钥：它被其他人修改过，未作改动",
    );
    Said::new(LEFT, &[file])
}

/// The old key was gone already.
pub(super) fn gone_already() -> Said {
    const GONE: Phrase = Phrase::new(
        "the old key had been deleted elsewhere already",
        "旧密钥此前已在别处删除",
    );
    GONE.into()
}

/// A file still holds the successor.
pub(super) fn still_new(file: &CleanText, trouble: &Said) -> Said {
    const STILL: Phrase = Phrase::new(
        "{} holds the successor, which works, and could not be put back: {}",
        "{} 中是可用的新密钥，未能恢复：{}",
    );
    Said::joined(STILL, &[Said::verbatim(file), trouble.clone()])
}

/// The store still holds the successor.
pub(super) fn store_still_new(trouble: &Said) -> Said {
    const STILL: Phrase = Phrase::new(
        "onramp's own store holds the successor, which works, and could not be put back: {}",
        "onramp 的存储中是可用的新密钥，未能恢复：{}",
    );
    Said::joined(STILL, std::slice::from_ref(trouble))
}

/// The successor is still in the account.
pub(super) fn still_there(mask: &str, trouble: &Said) -> Said {
    const THERE: Phrase = Phrase::new(
        "the successor {} is still in the account, and nothing uses it: {}",
        "新密钥 {} 仍在账户中，没有程序使用它：{}",
    );
    Said::joined(THERE, &[Said::verbatim(mask), trouble.clone()])
}

/// Whether a successor was made is not known.
pub(super) fn perhaps_there(name: &CleanText, trouble: &Said) -> Said {
    const PERHAPS: Phrase = Phrase::new(
        "a successor called “{}” may be in the account; nothing uses it: {}",
        "账户中可能有名为“{}”的新密钥，没有程序使用它：{}",
    );
    Said::joined(PERHAPS, &[Said::verbatim(name), trouble.clone()])
}

/// The files hold the successor, and whether the old key works is not known.
pub(super) fn stays_new(files: &[PathBuf], trouble: &Said) -> Said {
    const STAYS: Phrase = Phrase::new(
        "the successor is written ({} files) and works; whether the old key still does could not be told, so nothing was put back: {}",
        "新密钥已写入（{} 个文件）并可用；无法确认旧密钥是否仍可用，因此没有恢复：{}",
    );
    Said::joined(STAYS, &[Said::verbatim(files.len()), trouble.clone()])
}

/// The old key is gone, so nothing can be put back.
pub(super) fn old_is_gone() -> Said {
    const GONE: Phrase = Phrase::new(
        "the old key was deleted elsewhere meanwhile, so it is not put back; what was written holds the successor, which works",
        "旧密钥在此期间已在别处删除，因此不再恢复；已写入的位置是可用的新密钥",
    );
    GONE.into()
}

/// The account could not be asked how things stand.
pub(super) fn not_looked_at(trouble: &Said) -> Said {
    const UNSEEN: Phrase = Phrase::new(
        "the server could not be asked how things stand, so nothing was changed: {}",
        "无法向服务器确认现状，因此没有改动：{}",
    );
    Said::joined(UNSEEN, std::slice::from_ref(trouble))
}

/// What was written down could not be wiped away.
pub(super) fn not_wiped(trouble: &Said) -> Said {
    const KEPT: Phrase = Phrase::new(
        "the journal of the rotation could not be wiped: {}",
        "轮换日志未能清除：{}",
    );
    Said::joined(KEPT, std::slice::from_ref(trouble))
}

/// The successor does not behave as it should.
pub(super) fn other_than_asked() -> Said {
    const OTHER: Phrase = Phrase::new(
        "The server made the successor otherwise than it was asked to: another limit, another reset, or another kind of key.",
        "服务器创建的新密钥与要求不符：限额、重置周期或密钥类型不同。",
    );
    OTHER.into()
}

/// A successor that was never heard of was deleted.
pub(super) fn orphan_deleted() -> Said {
    const DELETED: Phrase = Phrase::new(
        "a successor had been made that was never received; it was deleted",
        "有一个已创建但未收到的新密钥，现已删除",
    );
    DELETED.into()
}

/// Neither key works.
pub(super) fn both_gone() -> Said {
    const BOTH: Phrase = Phrase::new(
        "both the old key and its successor were deleted or switched off elsewhere; what was written needs another key",
        "旧密钥和新密钥都已在别处删除或停用；已写入的位置需要换一个密钥",
    );
    BOTH.into()
}
