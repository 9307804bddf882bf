//! From nothing to a tested key in .env, on each of the roads there.

use onramp::domain::secret::Secret;

use crate::browser;
use crate::server::Server;
use crate::terminal::{Desk, Terminal};
use crate::walks::{at_the_sign_in, to_the_key};

/// From an accepted key to the end.
fn to_the_end(terminal: &mut Terminal) {
    terminal.see("The server accepts this key").press("enter");
    terminal.see("The whole change").press("enter");
    terminal.see("Written and read back").press("enter");
    terminal.see("Run the quick test").press("enter");
    terminal.see("The setup works").press("enter");
    terminal.see("Step 6 of 6").press("enter");
    terminal.see("What next");
}

#[test]
fn a_newcomer_pastes_a_key_and_a_minute_later_all_is_set() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    desk.write(".env", "DEBUG=1\n");
    let mut terminal = desk.start(&[]);
    to_the_key(&mut terminal);
    terminal.paste(&format!("export OPENROUTER_API_KEY='{}'\n", server.api_key));
    terminal.see("received: sk-or-v1-").see("73 characters");
    terminal.see("taken off: blanks and line ends, quotes, NAME=");
    terminal.press("enter");
    to_the_end(&mut terminal);
    terminal
        .see("Ready: your project can call a model")
        .press("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.is_restored());
    assert!(
        terminal.frame().contains("wrote OPENROUTER_API_KEY"),
        "{}",
        terminal.frame()
    );
    let (key, base) = (&server.api_key, &server.base_url);
    assert_eq!(
        desk.read(".env"),
        format!("DEBUG=1\nOPENROUTER_API_KEY={key}\nOPENROUTER_API_BASE={base}\n")
    );
    assert_eq!(desk.read(".gitignore"), ".env\n.env.*\n!.env.example\n");
}

#[test]
fn a_key_in_the_code_is_pointed_out_beside_the_change() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let key = format!("sk-or-v1-{}", Secret::new("a").hash());
    desk.write("client.py", &format!("import x\nx.key = '{key}'\n"));
    let mut terminal = desk.start(&[]);
    to_the_key(&mut terminal);
    terminal.paste(&server.api_key).see("73 characters");
    terminal.press("enter").see("The server accepts this key");
    terminal.press("enter").see("client.py line 2 (");
    terminal.see("onramp env scan");
    assert!(!terminal.frame().contains(&key));
}

#[test]
fn a_newcomer_signs_in_with_the_browser_beside_the_terminal() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let (desk, _browser, mut terminal, page) = at_the_sign_in(desk);
    terminal.see("Agree there,");
    let back = browser::press(&page, "grant")
        .location
        .expect("the browser is sent back");
    // A stranger who does not know the path, or comes under another name, finds nothing.
    let (origin, _) = back.split_once("/callback/").expect("our own path");
    assert_eq!(
        browser::get(&format!("{origin}/callback/guess?code=x")).status,
        404
    );
    let landed = browser::get(&back);
    assert_eq!(landed.status, 200);
    assert!(
        landed.body.contains("You can close this tab"),
        "{}",
        landed.body
    );
    assert!(landed.body.contains("可以关闭此标签页"), "{}", landed.body);
    terminal.see("The server accepts this key").press("enter");
    terminal.see("The whole change").press("enter");
    terminal.see("Written and read back").press("q");
    assert_eq!(terminal.end(), 0);
    let env = desk.read(".env");
    assert!(env.starts_with("OPENROUTER_API_KEY=sk-or-v1-"), "{env}");
}

#[test]
fn a_newcomer_signs_in_with_a_browser_elsewhere_and_pastes_the_shown_code() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server)
        .with("BROWSER", "")
        .with("SSH_CONNECTION", "far away");
    let mut terminal = desk.start_sized(&[], 160, 40);
    to_the_key(&mut terminal);
    terminal
        .press("enter")
        .see("It shows a code; paste it here")
        .see("/auth?");
    terminal
        .paste("not-the-code")
        .press("enter")
        .see("The sign-in code was refused");
    terminal.settle();
    let page = terminal.address("/auth?");
    let code = browser::shown_code(&browser::press(&page, "grant"));
    terminal
        .paste(&code)
        .press("enter")
        .see("The server accepts this key");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.everything().contains(&code), "the code was shown");
}

#[test]
fn a_person_who_declines_in_the_browser_is_back_at_the_doors() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server);
    let (_desk, _browser, mut terminal, page) = at_the_sign_in(desk);
    let back = browser::press(&page, "deny")
        .location
        .expect("the browser is sent back");
    assert!(browser::get(&back).body.contains("Nothing was changed"));
    terminal
        .see("The sign-in was declined in the browser")
        .see("Paste a key I have");
}

#[test]
fn whoever_tries_the_sandbox_walks_all_of_it_with_the_badge_on() {
    let desk = Desk::new();
    let mut terminal = desk.start(&["--sandbox"]);
    terminal
        .see("SANDBOX")
        .see("No account, no network, no money")
        .press("enter");
    terminal.see("Step 2 of 6").see("SANDBOX").press("enter");
    terminal
        .see("Use the key from the sandbox")
        .see("SANDBOX")
        .press("enter");
    to_the_end(&mut terminal);
    terminal.see("SANDBOX").press("q");
    assert_eq!(terminal.end(), 0);
    assert!(
        desk.read(".env")
            .contains("OPENROUTER_API_BASE=http://127.0.0.1:")
    );
}

#[test]
fn the_sandbox_can_be_entered_from_the_first_page() {
    let desk = Desk::new();
    let mut terminal = desk.start(&[]);
    terminal
        .see("Try it first in the sandbox")
        .press("down down down enter");
    terminal.see("SANDBOX").see("This is the sandbox");
}

#[test]
fn chinese_throughout() {
    let server = Server::start(&[]);
    let desk = Desk::beside(&server).with("LANG", "zh_CN.UTF-8");
    let mut terminal = desk.start(&[]);
    terminal.see("第 1 步，共 6 步 · 账户").press("enter");
    terminal.see("第 2 步").press("enter");
    terminal.see("您想如何获得密钥？").paste(&server.api_key);
    terminal.see("已收到：").press("enter");
    terminal.see("服务器接受此密钥").press("enter");
    terminal.see("全部改动").press("enter");
    terminal.see("已写入，并已读回核对").press("enter");
    terminal.see("运行快速测试").press("enter");
    terminal.see("设置成功").press("enter");
    terminal.see("第 6 步").press("enter");
    terminal.see("准备就绪").press("q");
    assert_eq!(terminal.end(), 0);
    assert!(
        terminal.frame().contains("已将 OPENROUTER_API_KEY 写入"),
        "{}",
        terminal.frame()
    );
}
