//! What the kernel knows of a process, from `/proc`: Linux only.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each benchmark uses its own part"
)]

use std::time::Duration;

/// CPU time of the children that ended, in steps of 10 ms.
pub fn children_cpu() -> Duration {
    let stat = read("/proc/self/stat");
    ticks(&stat, 13) + ticks(&stat, 14)
}

/// CPU time of a process that runs, in steps of 10 ms.
pub fn cpu_of(pid: u32) -> Duration {
    let stat = read(&format!("/proc/{pid}/stat"));
    ticks(&stat, 11) + ticks(&stat, 12)
}

/// The most memory a process has held, in kB.
pub fn peak_of(pid: u32) -> u64 {
    memory(pid, "VmHWM:")
}

/// The memory a process holds, in kB.
pub fn resident_of(pid: u32) -> u64 {
    memory(pid, "VmRSS:")
}

/// A field of `stat`, counted from behind the name, which may hold blanks.
fn ticks(stat: &str, field: usize) -> Duration {
    let behind = stat.rsplit(')').next().unwrap_or_default();
    let mut fields = behind.split_whitespace();
    let ticks = fields.nth(field).and_then(|it| it.parse::<u64>().ok());
    Duration::from_millis(ticks.unwrap_or(0) * 10)
}

fn memory(pid: u32, row: &str) -> u64 {
    let status = read(&format!("/proc/{pid}/status"));
    let line = status.lines().find_map(|line| line.strip_prefix(row));
    line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

#[expect(clippy::disallowed_methods, reason = "the kernel's own figures")]
fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
