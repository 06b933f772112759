//! What can be said of a control program without running it, its description length first.

use mimus_core::{Code, SignalKind, Symbol};

use crate::simulate::{CATCHES, CLOSES, OPENS};

/// Description length of a program: unknown operations are the dear ones.
///
/// `known` tells which keys are those of operations that other constructs have already: they come cheap.
pub(super) fn cost(code: &Code, known: &dyn Fn(Symbol) -> bool, is_value: &dyn Fn(u8) -> bool) -> u32 {
    let own = match code {
        Code::Op(key, _) if [CATCHES, OPENS, CLOSES].contains(&key.as_str()) || known(*key) => 2,
        // Without operands it can only be one constant outcome.
        Code::Op(_, args) if args.is_empty() => 4,
        Code::Op(..) => 5,
        Code::Each(..) => 3,
        Code::Call(_) | Code::Until(_) => 2,
        // A value that was computed and then ignored.
        Code::Seq(two)
            if matches!(&two[0], Code::Slot(i) if is_value(*i))
                || matches!(&two[0], Code::Op(key, _) if key.as_str() == CATCHES) =>
        {
            7
        }
        _ => 1,
    };
    own + code.parts().map(|part| cost(part, known, is_value)).sum::<u32>()
}

/// Runs nothing that can be seen.
pub(super) fn is_passive(code: &Code) -> bool {
    matches!(
        code,
        Code::Const(_) | Code::It | Code::Val(_) | Code::In | Code::Caught | Code::OwnText | Code::Word(_) | Code::Get(_)
    )
}

/// Gives a value that another form can work on.
pub(super) fn is_operand(code: &Code, values: u32) -> bool {
    if let Code::Slot(i) = code {
        return values & (1 << i) != 0;
    }
    matches!(
        code,
        Code::Val(_)
            | Code::Word(_)
            | Code::Get(_)
            | Code::In
            | Code::Caught
            | Code::Op(..)
            | Code::OwnText
            | Code::New(..)
            | Code::It
    )
}

/// Gives a value that can be stored.
pub(super) fn is_stored(code: &Code, values: u32) -> bool {
    match code {
        Code::Op(key, args) => key.as_str() != CATCHES && !args.is_empty(),
        _ => is_operand(code, values) || matches!(code, Code::Closure(..) | Code::Store(..)),
    }
}

/// Only repeats what was given from outside: nothing that a branch would do.
pub(super) fn is_given(code: &Code) -> bool {
    matches!(code, Code::Caught | Code::In | Code::Word(_) | Code::Get(_))
}

/// Pushes into a collection around it.
pub(super) fn collects(code: &Code) -> bool {
    match code {
        Code::Every(_) | Code::Push(_) | Code::PushAll(_) | Code::PushEntry(_) | Code::PushNamed(..) | Code::Rest => true,
        Code::New(..) | Code::Call(_) | Code::Op(..) => false,
        _ => code.parts().any(collects),
    }
}

/// Has a place for what is pushed.
pub(super) fn gathers(code: &Code) -> bool {
    code.any(&|code| matches!(code, Code::New(..) | Code::Call(_)))
}

/// Uses an operation.
pub(super) fn operates(code: &Code) -> bool {
    code.any(&|code| matches!(code, Code::Op(..)))
}

/// Uses this operation.
pub(super) fn uses(code: &Code, operation: Symbol) -> bool {
    code.any(&|code| matches!(code, Code::Op(key, _) if *key == operation))
}

/// Whether a program sends an error.
pub(super) fn sends(code: &Code) -> bool {
    code.any(&|code| matches!(code, Code::Signal(SignalKind::Error, _)))
}

/// Catches errors.
pub(super) fn handles(code: &Code) -> bool {
    code.any(&|code| matches!(code, Code::Handle(_) | Code::HandleElse(_)))
}

/// Leaves what matches, and only that, to others.
pub(super) fn passes_on_matched(code: &Code) -> bool {
    let rest = |code: &Code| code.any(&|c| matches!(c, Code::Rest));
    let Code::If(three) = code else { return false };
    matches!(&three[0], Code::Op(key, _) if key.as_str() == CATCHES) && rest(&three[1]) && !rest(&three[2])
}

/// How often a program stands in another.
pub(super) fn count(code: &Code, wanted: &Code) -> usize {
    usize::from(code == wanted) + code.parts().map(|part| count(part, wanted)).sum::<usize>()
}
