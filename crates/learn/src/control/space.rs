//! What programs may be made of.

use mimus_core::{Code, Datum, Kind, Shape, SignalKind, Slot, Symbol, Tree};
use mimus_knowledge::Role;

/// What programs may be made of. Every consuming use of a slot takes its bit of `need`; each bit is taken exactly once.
#[derive(Clone, Debug, Default)]
pub(super) struct Space {
    /// Leaves and the bits they take.
    pub leaves: Vec<(Code, u32)>,
    /// Slots whose evaluation gives an operand.
    pub operands: Vec<(Code, u32)>,
    pub store: Vec<u8>,
    pub each: Vec<u8>,
    pub nest: Vec<u8>,
    pub catch: Vec<Symbol>,
    pub new: Vec<(Symbol, Shape)>,
    /// The construct's own operation.
    pub keys: Vec<Symbol>,
    /// Operations of two operands that other constructs have.
    pub related: Vec<Symbol>,
    pub signals: Vec<SignalKind>,
    pub push: bool,
    /// The class of what is asked for the values that it gives.
    pub suspend: Option<Symbol>,
    pub call: bool,
    pub loops: bool,
    pub handle: bool,
    pub after: bool,
    pub branch: bool,
    pub bare_op: bool,
    pub match_op: bool,
    /// The name slot of a named argument.
    pub entry: Option<u8>,
    /// Slots that give values.
    pub values: u32,
    /// All bits.
    pub need: u32,
}

/// What the programs of a part in a role may be made of.
///
/// `sequences`: classes of sequences that names were bound to.
pub(super) fn part_space(tree: &Tree, role: Role, keys: &[Symbol], sequences: &[Symbol]) -> Space {
    let mut space = Space { keys: keys.to_vec(), ..Space::default() };
    let mut names = Vec::new();
    for (i, slot) in tree.slots.iter().enumerate() {
        let i = i as u8;
        let kinds: Vec<Kind> = slot.trees().iter().map(|t| t.form.kind).collect();
        space.need |= 1 << i;
        match (slot, kinds.first()) {
            (Slot::One(_), Some(Kind::Expr)) => {
                space.values |= 1 << i;
                space.operands.push((Code::Slot(i), 1 << i));
            }
            (Slot::One(_), Some(Kind::Stmt | Kind::Block)) => space.leaves.push((Code::Slot(i), 1 << i)),
            (Slot::One(_), Some(Kind::Name)) => {
                names.push(i);
                if role != Role::Clause {
                    space.operands.push((Code::Word(i), 1 << i));
                }
                if role == Role::Target {
                    space.operands.push((Code::Word(i), 0));
                }
                space.store.push(i);
                space.each.push(i);
            }
            (Slot::One(tree), Some(Kind::Part)) => {
                if tree.is_bare_part() {
                    space.operands.push((Code::Word(i), 1 << i));
                }
                space.store.push(i);
                space.each.push(i);
                space.nest.push(i);
                space.leaves.push((Code::Every(i), 1 << i));
            }
            _ => space.leaves.push((Code::Every(i), 1 << i)),
        }
    }
    match role {
        Role::Target => {
            // What comes in is what is worked on, unless something is evaluated.
            let first = if space.values == 0 { 0 } else { space.operands.len() };
            space.operands.insert(first, (Code::In, 0));
            space.leaves.push((Code::Spread((0..tree.slots.len() as u8).collect()), space.need));
            if let ([name], 1) = (names.as_slice(), tree.slots.len()) {
                space.leaves.extend(sequences.iter().map(|class| (Code::TakeRest(*name, *class), 1 << name)));
            }
        }
        Role::Element => {
            space.push = true;
            if let [name, ..] = names.as_slice() {
                space.entry = Some(*name);
            }
            space.leaves.extend(names.iter().map(|i| (Code::Forget(*i), 1u32 << i)));
        }
        Role::Clause => {
            space.keys.clear();
            space.leaves.push((Code::Rest, 0));
            space.leaves.push((Code::Const(Datum::None), 0));
            space.operands.push((Code::Caught, 0));
            space.branch = true;
            space.match_op = true;
        }
        Role::Parameter | Role::Plain => {}
    }
    space
}
