//! What `onramp ask` costs: a short question, and a stream of 20,000 tokens into a pipe, beside
//! `curl -sN` of the same stream: `cargo bench --bench streaming`. Linux only: it reads `/proc`.
#![expect(unreachable_pub, reason = "one program in several files")]

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "support/process.rs"]
mod process;
#[path = "../tests/support/server.rs"]
mod server;

use process::{children_cpu, peak_of};
use server::Server;

const RUNS: usize = 5;

fn main() {
    let server = Server::start(&[]);
    let short = median((0..RUNS * 4).map(|_| ask(&server, "openai/gpt-4o-mini")));
    let long = median((0..RUNS).map(|_| ask(&server, "sandbox/tokens-20000")));
    let longest = median((0..3).map(|_| ask(&server, "sandbox/tokens-100000")));
    let curl = median((0..RUNS).map(|_| curl(&server)));
    println!(
        "one short question      wall {:7.1} ms   goal 12 ms",
        ms(short.wall)
    );
    println!(
        "                        peak {:7.1} MB   goal 12 MB",
        megabytes(short.peak_kb)
    );
    println!(
        "20,000 tokens to a pipe CPU  {:7.1} ms   goal 250 ms",
        ms(long.cpu)
    );
    println!("                        wall {:7.1} ms", ms(long.wall));
    println!(
        "curl -sN, same stream   CPU  {:7.1} ms   ratio {:.1}, goal 3.0",
        ms(curl.cpu),
        long.cpu.as_secs_f64() / curl.cpu.as_secs_f64().max(0.001)
    );
    println!(
        "100,000 tokens          CPU  {:7.1} ms   per token {:.2} of 20,000's, goal 1.3",
        ms(longest.cpu),
        longest.cpu.as_secs_f64() / 5.0 / long.cpu.as_secs_f64()
    );
}

#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    peak_kb: u64,
}

fn ask(server: &Server, model: &str) -> Cost {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onramp"));
    command
        .args(["ask", "-q", "-m", model, "Reply with ok"])
        .env("OPENROUTER_API_KEY", &server.api_key)
        .env("OPENROUTER_API_BASE", &server.base_url);
    run(command)
}

fn curl(server: &Server) -> Cost {
    let body = r#"{"model":"sandbox/tokens-20000","stream":true,"max_tokens":200000,"messages":[{"role":"user","content":"x"}]}"#;
    let mut command = Command::new("curl");
    command
        .arg("-sN")
        .arg(format!("{}/chat/completions", server.base_url))
        .args(["-H", &format!("Authorization: Bearer {}", server.api_key)])
        .args(["-H", "Content-Type: application/json", "-d", body]);
    run(command)
}

/// Runs a command with its output into a pipe that is read, and tells what it cost.
fn run(mut command: Command) -> Cost {
    let before = children_cpu();
    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut output = child.stdout.take().expect("its output is piped");
    let mut peak_kb = 0;
    let mut chunk = vec![0; 64 * 1024];
    let mut void = std::io::sink();
    loop {
        let read = std::io::Read::read(&mut output, &mut chunk).expect("it writes");
        peak_kb = peak_kb.max(peak_of(child.id()));
        if read == 0 {
            break;
        }
        void.write_all(&chunk[..read]).expect("nothing keeps it");
    }
    let status = child.wait().expect("it ends");
    assert!(status.success(), "the command failed");
    Cost {
        wall: began.elapsed(),
        cpu: children_cpu().saturating_sub(before),
        peak_kb,
    }
}

fn median(costs: impl Iterator<Item = Cost>) -> Cost {
    let mut all: Vec<Cost> = costs.collect();
    let middle = all.len() / 2;
    all.sort_unstable_by_key(|cost| cost.cpu);
    let cpu = all[middle].cpu;
    let peak_kb = all.iter().map(|cost| cost.peak_kb).max().unwrap_or(0);
    all.sort_unstable_by_key(|cost| cost.wall);
    Cost {
        wall: all[middle].wall,
        cpu,
        peak_kb,
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a figure for the eye")]
fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1024.0
}
