//! Ways that several journeys begin with.

use crate::browser::Browser;
use crate::terminal::{Desk, Terminal};

/// From a fresh start to the doors of step 3.
pub fn to_the_key(terminal: &mut Terminal) {
    terminal.see("Step 1 of 6").press("enter");
    terminal.see("Step 2 of 6").press("enter");
    terminal.see("How would you like to get a key?");
}

/// A fresh start, and on to the doors of step 3.
pub fn at_the_key(desk: &Desk) -> Terminal {
    let mut terminal = desk.start(&[]);
    to_the_key(&mut terminal);
    terminal
}

/// A sign-in with a browser beside the terminal: the browser, the terminal, and the page that was
/// opened.
pub fn at_the_sign_in(desk: Desk) -> (Desk, Browser, Terminal, String) {
    let browser = Browser::in_home(&desk);
    let desk = desk.with("BROWSER", browser.program.to_str().expect("UTF-8"));
    let mut terminal = at_the_key(&desk);
    terminal.press("enter");
    let page = browser.wait();
    (desk, browser, terminal, page)
}
