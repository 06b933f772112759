//! Activations as evidence: what one evaluation of one construct was seen to do.

use std::ops::Range;
use std::sync::Arc;

use mimus_core::{Form, Symbol, Tree};
use mimus_trace::End;

use crate::world::{Time, Val};

/// One observed activation of a construct.
pub(crate) struct Episode {
    /// The program, for its text.
    pub program: u32,
    /// The construct's tree.
    pub tree: Arc<Tree>,
    /// What ran directly inside it, in order.
    pub steps: Vec<Step>,
    pub end: End,
    /// For `Left`: the template of the construct that jumped.
    pub jump: Option<Symbol>,
    /// The value given; for `Left` what the jump carries; for `Raised` the error.
    pub value: Val,
    /// Names bound at its exit; `None` for a name that was removed.
    pub binds: Vec<(Symbol, Option<Val>)>,
    /// What the names in it (name slots; the own text of a leaf) were bound to before it.
    pub names: Vec<(Symbol, Val)>,
    /// Its names were later bound in another frame than the running one: in the outermost (true) or not.
    pub declares: Option<bool>,
    /// Objects that it changed itself (not made).
    pub changed: Vec<usize>,
    /// The class of what the body around it fills, if that gives one value after the other.
    pub fills: Option<Symbol>,
    /// What it gave to whoever asked the body around it for more.
    pub gives: Vec<Val>,
    /// Objects whose bodies had no more to give when this asked them.
    pub over: Vec<usize>,
    /// Bodies of functions that ran directly inside it, though no piece of it gave them, in order.
    pub inner: Vec<Step>,
    /// The function that it made, if that was told.
    pub made: Option<Val>,
    /// What the running function belongs to: the record whose body made it, and what its first parameter got.
    pub home: Option<(Val, Val)>,
    pub out: String,
    /// Its construct may go on after it is over, as far as others ask for it: it may have been left before its end.
    pub lazy: bool,
    pub began: Time,
    pub ended: Time,
}

/// A piece that ran inside an activation.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Where the piece stands: slot and position in the slot, through parts. Empty for a function body.
    pub path: Path,
    pub end: End,
    pub jump: Option<Symbol>,
    pub value: Val,
    /// Names bound before its first child, by the construct around it.
    pub binds: Vec<(Symbol, Val)>,
    /// The function value whose body it is.
    pub body_of: Option<Val>,
    /// Of a body that gives one value after the other: the object that holds them, which the call gave.
    pub fills: Option<Val>,
    /// It ran with names of the construct's own.
    pub scoped: bool,
    /// The record that its names became.
    pub becomes: Option<Val>,
    pub began: Time,
    pub ended: Time,
}

/// Slot and position, from the construct inwards through its parts.
pub(crate) type Path = Vec<(u8, u16)>;

impl Episode {
    pub fn form(&self) -> Form {
        self.tree.form
    }

    pub fn named(&self, name: Symbol) -> Option<Val> {
        self.names.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
    }

    /// Whether it can be judged: nothing in it was cut off.
    pub fn is_usable(&self) -> bool {
        self.end != End::Suspended && self.steps.iter().all(|step| step.end != End::Suspended || step.fills.is_some())
    }

    /// Moves the first piece of its construct's first run into a slot of its own: [`Tree::part_head`].
    pub fn part_head(&mut self) {
        let Some(run) = self.tree.run().map(|run| run as u8) else { return };
        Arc::make_mut(&mut self.tree).part_head();
        self.move_steps(|(slot, piece)| match slot {
            _ if slot < run || (slot == run && piece == 0) => (slot, piece),
            _ if slot == run => (run + 1, piece - 1),
            _ => (slot + 1, piece),
        });
    }

    /// The reverse, for a construct that had this form before.
    pub fn join_head(&mut self, form: Form) {
        Arc::make_mut(&mut self.tree).join_head(form);
        let Some(run) = self.tree.run().map(|run| run as u8) else { return };
        self.move_steps(|(slot, piece)| match slot {
            _ if slot <= run => (slot, piece),
            _ if slot == run + 1 => (run, piece + 1),
            _ => (slot - 1, piece),
        });
    }

    fn move_steps(&mut self, to: impl Fn((u8, u16)) -> (u8, u16)) {
        for place in self.steps.iter_mut().filter_map(|step| step.path.first_mut()) {
            *place = to(*place);
        }
    }

    pub fn at(&self) -> Range<usize> {
        self.tree.at.clone()
    }
}

/// A function made by the program: where its text is, and how it was called.
pub(crate) struct Call {
    /// The construct that made the function.
    pub maker: Arc<Tree>,
    pub program: u32,
    pub function: Val,
    /// Names bound at the entry of the body.
    pub binds: Vec<(Symbol, Val)>,
    pub began: Time,
    pub jump: Option<Symbol>,
}
