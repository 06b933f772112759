//! Operation expressions, made ready to run.

use mimus_core::{Datum, Expr, PrimId, Ready, Stop, Ty, Value};
use smallvec::SmallVec;

use crate::cx::Cx;
use crate::signal::{Flow, Signal};

/// Why an expression gave no value.
pub(crate) enum Halt {
    /// Something in it is undefined for its operands.
    Undefined,
    /// Anything that ends more than the expression.
    Signal(Box<Signal>),
}

pub(crate) type Calculated = Result<Value, Halt>;

type Run = fn(&[Value]) -> Option<Value>;

/// A compiled expression.
pub(crate) enum Calc {
    Arg(usize),
    /// A constant that can be shared.
    Const(Value),
    /// A constant with identity: a new one each time.
    Fresh(Datum),
    Prim1(Run, Box<Calc>),
    Prim2(Run, Box<[Calc; 2]>),
    Prim3(Run, Box<[Calc; 3]>),
    Prim(Run, Box<[Calc]>),
    If(Box<[Calc; 3]>),
    Or(Box<[Calc; 2]>),
    /// An operation, by its number in the machine's table.
    Learned(u32, Box<[Calc]>),
    Apply(Box<[Calc]>),
    /// What has bodies with variables: the core's own evaluator runs it.
    Other(Ready),
}

impl Calc {
    /// Compiles an expression; `table` numbers the operations that it mentions.
    pub(crate) fn of(expr: &Expr, table: &mut dyn FnMut(mimus_core::Symbol) -> u32) -> Self {
        Self::compile(expr, false, table)
    }

    /// `seen_only`: the value is only looked at, so that a constant with identity need not be new.
    fn compile(expr: &Expr, seen_only: bool, table: &mut dyn FnMut(mimus_core::Symbol) -> u32) -> Self {
        match expr {
            Expr::Arg(i) => Self::Arg(*i as usize),
            Expr::Const(Datum::Compound(_)) if !seen_only => match expr {
                Expr::Const(datum) => Self::Fresh(datum.clone()),
                _ => Self::Other(Ready::new(expr)),
            },
            Expr::Const(datum) => Self::Const(Value::from_datum(datum)),
            Expr::Prim(id, args) => {
                let seen_only = gives_no_part(*id);
                let args: Vec<Self> = args.iter().map(|arg| Self::compile(arg, seen_only, table)).collect();
                prim(id.get().run, args)
            }
            Expr::If(three) => Self::If(Box::new([
                Self::compile(&three[0], true, table),
                Self::compile(&three[1], seen_only, table),
                Self::compile(&three[2], seen_only, table),
            ])),
            Expr::Or(two) => {
                Self::Or(Box::new([Self::compile(&two[0], seen_only, table), Self::compile(&two[1], seen_only, table)]))
            }
            Expr::Learned(key, args) => {
                let number = table(*key);
                Self::Learned(number, args.iter().map(|arg| Self::compile(arg, false, table)).collect())
            }
            Expr::Apply(args) => Self::Apply(args.iter().map(|arg| Self::compile(arg, false, table)).collect()),
            Expr::Local(_) | Expr::Higher(..) => Self::Other(Ready::new(expr)),
        }
    }

    pub(crate) fn run(&self, args: &[Value], cx: &mut Cx<'_>) -> Calculated {
        match self {
            Self::Arg(i) => args.get(*i).cloned().ok_or(Halt::Undefined),
            Self::Const(value) => Ok(value.clone()),
            Self::Fresh(datum) => Ok(Value::from_datum(datum)),
            Self::Prim1(run, a) => run(&[a.run(args, cx)?]).ok_or(Halt::Undefined),
            Self::Prim2(run, two) => run(&[two[0].run(args, cx)?, two[1].run(args, cx)?]).ok_or(Halt::Undefined),
            Self::Prim3(run, three) => {
                run(&[three[0].run(args, cx)?, three[1].run(args, cx)?, three[2].run(args, cx)?]).ok_or(Halt::Undefined)
            }
            Self::Prim(run, parts) => run(&all(parts, args, cx)?).ok_or(Halt::Undefined),
            Self::If(three) => {
                let branch = if three[0].holds(args, cx)? { &three[1] } else { &three[2] };
                branch.run(args, cx)
            }
            Self::Or(two) => match two[0].run(args, cx) {
                Err(Halt::Undefined) => two[1].run(args, cx),
                known => known,
            },
            Self::Learned(number, parts) => {
                let values = all(parts, args, cx)?;
                cx.learned_by_number(*number, &values)
            }
            Self::Apply(parts) => {
                let values = all(parts, args, cx)?;
                match values.split_first() {
                    Some((function, rest)) => cx.apply_function(function, rest),
                    None => Err(Halt::Undefined),
                }
            }
            Self::Other(expr) => expr.run(args, cx).map_err(|stop| cx.halt_of(stop)),
        }
    }

    /// Whether a test is true; an undefined one is not.
    pub(crate) fn holds(&self, args: &[Value], cx: &mut Cx<'_>) -> Result<bool, Halt> {
        match self.run(args, cx) {
            Ok(Value::Bool(b)) => Ok(b),
            Ok(_) | Err(Halt::Undefined) => Ok(false),
            Err(halt) => Err(halt),
        }
    }

    /// Whether it does nothing but compute: no other operation, no function of the program.
    pub(crate) fn is_pure(expr: &Expr) -> bool {
        !matches!(expr, Expr::Learned(..) | Expr::Apply(_)) && expr.parts().all(Self::is_pure)
    }
}

/// Whether a primitive's result cannot share a part with its operands.
fn gives_no_part(id: PrimId) -> bool {
    matches!(id.get().gives, Ty::Bool | Ty::Int | Ty::Float | Ty::Text | Ty::Char | Ty::Bytes | Ty::None)
}

fn prim(run: Run, mut args: Vec<Calc>) -> Calc {
    match args.len() {
        1 => Calc::Prim1(run, Box::new(args.remove(0))),
        2 | 3 => match <[Calc; 2]>::try_from(args) {
            Ok(two) => Calc::Prim2(run, Box::new(two)),
            Err(args) => match <[Calc; 3]>::try_from(args) {
                Ok(three) => Calc::Prim3(run, Box::new(three)),
                Err(args) => Calc::Prim(run, args.into()),
            },
        },
        _ => Calc::Prim(run, args.into()),
    }
}

fn all(parts: &[Calc], args: &[Value], cx: &mut Cx<'_>) -> Result<SmallVec<[Value; 4]>, Halt> {
    parts.iter().map(|part| part.run(args, cx)).collect()
}

impl From<Box<Signal>> for Halt {
    fn from(signal: Box<Signal>) -> Self {
        Self::Signal(signal)
    }
}

impl Cx<'_> {
    /// The core's word for why an evaluation stopped. What it has no word for waits in `pending`.
    pub(crate) fn stop_of(&mut self, halt: Halt) -> Stop {
        match halt {
            Halt::Undefined => Stop::Undefined,
            Halt::Signal(signal) => match *signal {
                Signal::Raise(error) => Stop::Raised(error),
                other => {
                    self.pending = Some(Box::new(other));
                    Stop::Limit("pending")
                }
            },
        }
    }

    /// The reverse of [`Cx::stop_of`].
    pub(crate) fn halt_of(&mut self, stop: Stop) -> Halt {
        if let Some(pending) = self.pending.take() {
            return Halt::Signal(pending);
        }
        match stop {
            Stop::Undefined => Halt::Undefined,
            Stop::Raised(error) => Halt::Signal(Box::new(Signal::Raise(error))),
            Stop::NotLearned(key, classes) => {
                let why = crate::operation::not_learned(key, &classes, None);
                Halt::Signal(Box::new(Signal::Unknown { at: self.at.clone(), why }))
            }
            Stop::Limit(what) => Halt::Signal(Box::new(Signal::Limit(crate::Limited::Other(what)))),
        }
    }
}

impl mimus_core::Host for Cx<'_> {
    fn learned(&mut self, key: mimus_core::Symbol, args: &[Value]) -> Result<Value, Stop> {
        let number = self.state.table_number(key);
        self.learned_by_number(number, args).map_err(|halt| self.stop_of(halt))
    }

    fn apply(&mut self, function: &Value, args: &[Value]) -> Result<Value, Stop> {
        self.apply_function(function, args).map_err(|halt| self.stop_of(halt))
    }

    fn tick(&mut self) -> Result<(), Stop> {
        let ticked: Flow<()> = Cx::tick(self);
        ticked.map_err(|signal| self.stop_of(Halt::Signal(signal)))
    }
}
