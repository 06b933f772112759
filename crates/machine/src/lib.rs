//! Runs source text with knowledge, and with nothing else.
//!
//! [`Machine`] reads a text with the learned grammar, makes each piece ready once (by the program of its construct), and runs the
//! result. What operations do, what is true, how values print, which names exist: all of it comes from
//! [`mimus_knowledge::Knowledge`]. This crate must never know a taught language; what it adds is speed, limits, and a report
//! that says what was relied on.
//!
//! # What programs mean here
//! `mimus_core::Code` is the contract. Where it leaves room, the machine does this, and whoever checks programs against traces
//! must do the same:
//!
//! - **Pieces.** `slot` and `every` run a piece by its construct's program: a part as `element` (inside a parameter as
//!   `parameter`; without a program for that role, as `plain`), all else as `plain`. A name piece without a construct stands for
//!   its text. On a run, `slot` runs all pieces, and `every` on one piece is a run of one; both give the last piece's value.
//! - **`it`** is the value that a piece which is no part gave last, or what the last `if` tested. A construct and its parts share
//!   it. It is none at first. `val(i)` is each program's own.
//! - **`in`** is the value given to a target; in a program that is no target it is `it`. The same holds for what `spread` takes.
//! - **`store`** gives the stored value. A run stores the value into each of its pieces. A piece is a name to bind if it is a name,
//!   or a leaf without a `target` program; all else runs its `target` program.
//! - **What gives none:** loops, pushes, `spread`, `forget`, a declaration.
//! - **Collections.** `every` pushes what expressions and names give when it stands inside `new` or the second program of `call`
//!   (or in an element of one), within one construct. `push_all` takes entries where the collection is a map, and named
//!   arguments where a map is pushed to arguments; all else goes through `iterate`.
//! - **Iteration.** `iterate` must give a sequence or range, which is followed by index while it changes, or a set or map, whose
//!   elements or keys are listed first. `spread` is asked with the value and the number of targets. Where one
//!   of them takes the rest: with the value and the numbers of targets before and after it, to give all elements, if an overload
//!   takes three operands; else the elements are those of `iterate`, and too few are not understood.
//! - **Names.** A name that is stored anywhere in a function's body (or a scope), among its parameters included, belongs to its
//!   frame everywhere in it. Until a scope's name is bound it is what it is outside: what a scope runs over is seldom about the scope.
//!   Reading another one before it is bound asks `unbound` with the text and the number of frames outwards, if an
//!   overload takes two operands, else with the text. A name of the outermost frame falls back on the known words, then asks
//!   `unbound` with the text.
//! - **Asking.** A call of a function whose body holds `suspend` gives an object that runs the body when it is asked for more; what a
//!   `new` of such a class collects is asked in the same way. What was given is gone. `each`, `every`, `push_all` and `spread` ask for
//!   what they take. Before an operation runs, it is given so many as `takes` says of its key (all: true); where that is not known, it
//!   may have all if nothing else can be seen of it, and nothing may be asked afterwards. What a body gives is taken only by overloads for its class.
//! - **Signals** go by the template of the construct (or part) that sends them. Catching one does not change `caught`, which is the
//!   innermost error being handled, also in functions called meanwhile. `after`'s second program does not run when something was
//!   not understood or a limit was met. A class atom that is raised is called without operands first.
//! - **Calls.** The operands of a builtin are the positional arguments, then the named ones by name. A parameter takes the next
//!   positional argument, else the named one of its name, else its default. Operations `missing` (the parameter's name) and
//!   `surplus` (the number given, or the name that nobody took) may raise when arguments do not fit; unlearned, the call is not
//!   understood.
//! - **For people.** `show` makes a text of a value, and `report` of an error's class (its name) and text: how errors are reported
//!   holds for classes that were never seen.
//! - **Truth** of a boolean that was not learned is the boolean itself.
//! - **Operations.** Rivals beyond the first are not run. An overload without a meaning is passed over for a wider one. Guards come
//!   first, then result, changes and output are computed, then made. The first overload whose classes fit decides, and element
//!   classes are looked at only where an overload names some.
//! - **Results** that are undefined because a primitive would have made too large a value end the run at the memory limit.
//!
//! # How it is fast
//! Each node is one variant of an enum over resolved slots; statements run without giving values, and integers of 64 bits travel
//! in registers (`quick`). Expressions over such integers are compiled to linear code (`mimus_core::linear`), as a
//! processor's steps are. Overloads are chosen
//! once a place and remembered by the operands' classes. A change that only says what is different is made in place (`change`).

mod calc;
mod census;
mod change;
mod closure;
mod collect;
mod compile;
mod cx;
mod delegate;
mod frame;
mod kinds;
mod lazy;
mod limits;
mod machine;
mod names;
mod node;
mod operation;
mod parameters;
pub mod processor;
mod quick;
mod report;
mod signal;
mod wake;

pub use limits::{Limited, Limits};
pub use machine::{Interrupt, Machine};
pub use report::{Ended, Report, Used, Weak};
