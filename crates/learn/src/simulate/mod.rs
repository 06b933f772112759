//! Checks a control program against an episode: does running it give what was seen?
//!
//! The program runs over the observed steps. What learned operations give is not known yet, so their results are variables that
//! unification binds; each use is logged, for consistency and as evidence for induction.
//!
//! All that happens during one try are methods of [`run::Run`], by file: programs run programs, so `exec` and the forms that have
//! files of their own call each other; the others only look downwards.

mod call;
mod context;
mod exec;
mod exit;
mod findings;
mod give;
mod judge;
mod laws;
mod memory;
mod operate;
mod own;
mod repeat;
mod run;
mod settle;
mod spread;
mod truth;
mod unify;

use mimus_core::{Code, Form, Tree};
use mimus_knowledge::Role;

use crate::episode::Episode;
use crate::world::World;
use context::Ctx;
use exit::Exit;
use run::Run;

pub(crate) use findings::{Applied, Findings, OpResult, OpUse};
pub(crate) use laws::{CATCHES, CLOSES, Facts, Laws, OPENS, Parts, operation_key};

pub(crate) enum Verdict {
    Pass(Findings),
    Fail,
    /// A part's program is needed to go on.
    Needs(Form, Role, Tree),
}

/// Alternatives tried for undecided choices within one episode.
const TRIES: usize = 48;

/// Checks a program against an episode.
pub(crate) fn check(world: &mut World, laws: &Laws, source: &str, code: &Code, episode: &Episode) -> Verdict {
    let mut stack: Vec<Vec<bool>> = vec![vec![]];
    let mut tries = 0;
    while let Some(choices) = stack.pop() {
        tries += 1;
        if tries > TRIES {
            return Verdict::Fail;
        }
        let mut run = Run::new(world, laws, source, episode, &choices);
        let ran = run.exec(code, &Ctx { tree: &episode.tree, prefix: &[], incoming: None, rest: None });
        match run.judge(ran) {
            Ok(true) => return Verdict::Pass(run.into_findings()),
            Ok(false) => {}
            Err(Exit::Undecided) => {
                for choice in [false, true] {
                    stack.push(choices.iter().copied().chain([choice]).collect());
                }
            }
            Err(Exit::Needs(form, role, tree)) => return Verdict::Needs(form, role, tree),
            Err(_) => {}
        }
    }
    Verdict::Fail
}
