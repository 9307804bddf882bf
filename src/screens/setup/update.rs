//! What each of the wizard's keys does.

use crate::domain::account::KeyFacts;
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::flow::KeyInUse;
use crate::flow::facts::Origin;
use crate::flow::surroundings::Surroundings;
use crate::flow::{Effect, Facts, Intent, Reply, ScreenName, Step};
use crate::keymap::{self, Chord, Key};
use crate::ui::Touch;

use super::keys::{Action, BINDINGS};
use super::state::Setup;
use super::step_name::StepName;
use super::steps::{Answer, Go};

impl Setup {
    /// What was found round here may have come before anybody looked at this screen.
    pub(super) fn on_start(&mut self, facts: &Facts) -> Step {
        self.is_started = true;
        match &self.shared.around {
            Some(_) => self.look_over_tree(facts),
            None => Step::changed(),
        }
    }

    /// In the sandbox nothing of the person's own is looked at.
    fn look_over_tree(&self, facts: &Facts) -> Step {
        if self.is_started && !facts.is_sandbox {
            return Step::effect(Effect::LookOverTree);
        }
        Step::changed()
    }

    /// Holds requests back while the first look round is under way: it may name another server.
    pub(super) fn hold_back(&mut self, mut step: Step) -> Step {
        if self.shared.around.is_none() {
            for effect in &step.effects {
                if let Effect::Cancel(ticket) = effect {
                    self.held.retain(|held| held.ticket() != Some(*ticket));
                }
            }
            let goes = |effect: &mut Effect| effect.server_mut().is_some();
            self.held.extend(step.effects.extract_if(.., goes));
        }
        step
    }

    /// Lets go what was held back, to the server that is meant.
    fn let_go(&mut self, facts: &Facts) -> Step {
        let mut step = Step::changed();
        for mut effect in std::mem::take(&mut self.held) {
            if let Some(server) = effect.server_mut() {
                server.clone_from(&facts.base_url);
            }
            step = step.and_effect(effect);
        }
        step
    }

    pub(super) fn on_press(&mut self, chord: Chord, facts: &Facts) -> Step {
        let (step, shared) = self.current();
        if let Some(field) = step.field() {
            // Enter in an empty field takes the chosen choice beneath it.
            if chord == Chord::plain(Key::Enter) && !field.text().is_empty() {
                let answer = step.submit(shared, facts);
                self.has_moved = true;
                return self.follow(answer, facts);
            }
            if field.press(chord) {
                step.typed(facts);
                return Step::changed();
            }
            if chord.typed().is_some() || matches!(chord.key, Key::Left | Key::Right) {
                return Step::idle();
            }
        }
        self.on_press_named(chord, facts)
    }

    pub(super) fn on_run(&mut self, name: &str, facts: &Facts) -> Step {
        match keymap::named(BINDINGS, name) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    pub(super) fn on_press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        match keymap::action(BINDINGS, chord) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    fn act(&mut self, action: Action, facts: &Facts) -> Step {
        match action {
            Action::Up => self.choose_row(self.chosen.checked_sub(1), facts),
            Action::Down => self.choose_row(Some(self.chosen + 1), facts),
            Action::Continue => self.take(self.chosen, facts),
            Action::Back => self.back(facts),
            Action::Skip => self.skip(facts),
            Action::PreviousStep => self.go_to(self.at.previous(), facts),
            Action::NextStep => self.go_to(self.at.next(), facts),
            Action::PageUp => self.scroll_by(-8),
            Action::PageDown => self.scroll_by(8),
        }
    }

    fn choose_row(&mut self, row: Option<usize>, facts: &Facts) -> Step {
        let rows = self.step(self.at).page(&self.shared, facts).choices();
        match row {
            Some(row) if row < rows && row != self.chosen => {
                self.chosen = row;
                self.scroll = None;
                Step::changed()
            }
            _ => Step::idle(),
        }
    }

    /// Takes a choice, as by Enter or a click.
    fn take(&mut self, choice: usize, facts: &Facts) -> Step {
        let rows = self.step(self.at).page(&self.shared, facts).choices();
        if choice >= rows {
            return Step::idle();
        }
        self.has_moved = true;
        self.chosen = choice;
        let (step, shared) = self.current();
        let answer = step.choose(choice, shared, facts);
        self.follow(answer, facts)
    }

    fn back(&mut self, facts: &Facts) -> Step {
        let (step, shared) = self.current();
        match step.back(shared, facts) {
            Some(answer) => self.follow(answer, facts),
            None if self.at == StepName::Account => Step::idle(),
            None => self.go_to(self.at.previous(), facts),
        }
    }

    fn skip(&mut self, facts: &Facts) -> Step {
        if self.at == StepName::Summary {
            return Step::idle();
        }
        if !self.skipped.contains(&self.at) {
            self.skipped.push(self.at);
        }
        self.go_to(self.at.next(), facts)
    }

    fn scroll_by(&mut self, rows: i16) -> Step {
        let from = self.scroll.unwrap_or(0);
        let to = from.saturating_add_signed(rows).min(self.scroll_limit);
        if self.scroll_limit == 0 || self.scroll == Some(to) {
            return Step::idle();
        }
        self.scroll = Some(to);
        Step::changed()
    }

    pub(super) fn go_to(&mut self, to: StepName, facts: &Facts) -> Step {
        self.has_moved = true;
        self.arrive(to, facts)
    }

    fn arrive(&mut self, to: StepName, facts: &Facts) -> Step {
        self.at = to;
        self.chosen = 0;
        self.scroll = None;
        // Where facts alone led to, they lead again.
        let remember = if self.has_moved {
            Step::effect(Effect::Remember(self.memory()))
        } else {
            Step::changed()
        };
        let (step, shared) = self.current();
        let answer = step.enter(shared, facts);
        self.shared.wanted = None;
        remember.then(self.follow(answer, facts))
    }

    /// Goes where a step's answer leads.
    fn follow(&mut self, answer: Answer, facts: &Facts) -> Step {
        let Answer { step, go } = answer;
        match go {
            Go::Stay => step,
            Go::Turn => {
                self.chosen = 0;
                self.scroll = None;
                step
            }
            Go::Next => {
                let left = self.at;
                self.skipped.retain(|skipped| *skipped != left);
                if !self.confirmed.contains(&left) {
                    self.confirmed.push(left);
                }
                step.then(self.arrive(left.next(), facts))
            }
            Go::To(to) => step.then(self.arrive(to, facts)),
        }
    }

    pub(super) fn on_paste(&mut self, text: &str, facts: &Facts) -> Step {
        let (step, _) = self.current();
        if step.take_paste(text, facts) {
            self.has_moved = true;
            return Step::changed();
        }
        let Some(field) = step.field() else {
            return Step::idle();
        };
        field.paste(text);
        step.typed(facts);
        Step::changed()
    }

    pub(super) fn on_touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        match touch {
            Touch::Choice(choice) => self.take(choice, facts),
            Touch::Rail(row) => match StepName::RAIL.get(row) {
                Some(&step) => self.go_to(step, facts),
                None => Step::idle(),
            },
            Touch::Press(_) | Touch::Tab(_) | Touch::Language => Step::idle(),
        }
    }

    /// Opens the page where a key, a file or an address is chosen.
    pub(super) fn on_attend(&mut self, act: &Act, facts: &Facts) -> Step {
        match act {
            Act::AnotherKey | Act::SignIn => {
                self.shared.want(act.clone(), facts);
                self.go_to(StepName::Key, facts)
            }
            Act::OtherFile => {
                self.shared.want(act.clone(), facts);
                self.go_to(StepName::Env, facts)
            }
            Act::EditBaseUrl => {
                let step = self.go_to(StepName::Test, facts);
                step.then(self.test.edit_address(facts))
            }
            _ => Step::idle(),
        }
    }

    pub(super) fn on_wheel(&mut self, rows: i16) -> Step {
        self.scroll_by(rows)
    }

    pub(super) fn on_receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::SandboxStarted {
                base_url: Ok(_), ..
            } => {
                *self = Self {
                    is_started: self.is_started,
                    ..Self::default()
                };
                Step::effect(Effect::LookAround)
            }
            Reply::Surroundings(around) => {
                let is_first = self.shared.around.is_none();
                let looked = self.look_back(around, facts);
                let looked = looked.then(self.let_go(facts));
                let heard = looked.then(self.pass_on(reply, facts));
                if is_first {
                    return heard.then(self.look_over_tree(facts));
                }
                heard
            }
            // One that was under way when the sandbox began has nothing to say there.
            Reply::LookedOverTree(look) if !facts.is_sandbox && !look.leaks.is_empty() => {
                self.shared.leaks.clone_from(&look.leaks);
                Step::changed()
            }
            Reply::KeyChecked {
                ticket, verdict, ..
            } if self.proving == Some(*ticket) => {
                self.proving = None;
                // The key step takes the key over first: only then do the marks tell where to go.
                let heard = self.pass_on(reply, facts);
                heard.then(self.prove(verdict, facts))
            }
            _ => self.pass_on(reply, facts),
        }
    }

    /// Every step hears every reply: a test goes on while the person looks at another page.
    fn pass_on(&mut self, reply: &Reply, facts: &Facts) -> Step {
        let mut heard = Step::idle();
        let here = self.at;
        for name in [StepName::RAIL.as_slice(), &[StepName::Summary]].concat() {
            self.at = name;
            let (step, shared) = self.current();
            let answer = step.receive(reply, shared, facts);
            self.at = here;
            heard = heard.then(if name == here {
                self.follow(answer, facts)
            } else {
                answer.step
            });
        }
        let rows = self.step(self.at).page(&self.shared, facts).choices();
        self.chosen = self.chosen.min(rows.saturating_sub(1));
        heard
    }

    /// What was found: taken over, and the first key asked about, since asking is free.
    fn look_back(&mut self, around: &Surroundings, facts: &Facts) -> Step {
        let is_first = self.shared.around.is_none();
        self.shared.around = Some(around.clone());
        if !is_first {
            return Step::changed();
        }
        self.recall(&around.memory);
        if facts.is_sandbox {
            // Whoever tries the wizard wants to see it from its first page.
            return Step::changed();
        }
        if self.has_moved {
            // The person is ahead: what was found is offered, not taken.
            return Step::changed();
        }
        let Some(first) = around.keys.first() else {
            return self.resume(facts);
        };
        if self.key.refuses_unsent(&first.secret, facts) {
            return self.arrive(StepName::Key, facts);
        }
        let ticket = self.shared.tickets.take();
        self.proving = Some(ticket);
        self.key.prove(first, ticket);
        Step::effect(Effect::CheckKey {
            ticket,
            secret: first.secret.clone(),
            server: facts.base_url.clone(),
        })
    }

    /// Goes on where the person left, as far as facts allow.
    fn resume(&mut self, facts: &Facts) -> Step {
        if self.has_moved {
            return Step::changed();
        }
        let remembered = self
            .shared
            .around
            .as_ref()
            .and_then(|around| around.memory.at.as_deref())
            .and_then(StepName::from_key);
        let to = match (facts.key.is_some(), remembered) {
            (true, _) => self.first_open(facts),
            // Without a key nothing after the key step can be done.
            (false, Some(at)) => at.min(StepName::Key),
            (false, None) => StepName::Account,
        };
        if to == self.at {
            Step::changed()
        } else {
            self.arrive(to, facts)
        }
    }

    fn prove(&mut self, verdict: &Result<Option<KeyFacts>, Box<Diagnosis>>, facts: &Facts) -> Step {
        let Some(first) = self
            .shared
            .around
            .as_ref()
            .and_then(|around| around.keys.first())
        else {
            return Step::changed();
        };
        match verdict {
            Ok(found) if !found.as_ref().is_some_and(|found| found.is_management_key) => {
                let mut proven = facts.clone();
                proven.key = Some(KeyInUse {
                    secret: first.secret.clone(),
                    origin: Origin::Found(first.place.clone()),
                    facts: found.clone(),
                });
                let resumed = self.resume(&proven);
                // Whoever was in the midst of the wizard goes on there.
                let in_the_midst = self.shared.around.as_ref().is_some_and(|around| {
                    let at = around.memory.at.as_deref();
                    at.is_some_and(|at| at != StepName::Summary.key())
                });
                if in_the_midst || self.has_moved {
                    return resumed;
                }
                resumed.and_intent(Intent::Yield(ScreenName::Usage))
            }
            _ if self.has_moved => Step::changed(),
            _ => self.arrive(StepName::Key, facts),
        }
    }
}
