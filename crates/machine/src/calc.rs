//! Operation expressions, made ready to run.

use mimus_core::linear::{Given, Step2};
use mimus_core::{Contents, Datum, Expr, PrimId, Ready, Stop, Ty, Value};
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
    /// A primitive of two operands that is one step where both are small integers.
    Step2(Step2, Run, Box<[Calc; 2]>),
    /// How many elements something has.
    Size(Run, Box<Calc>),
    /// The element at a position.
    At(Run, Box<[Calc; 2]>),
    /// What a key leads to.
    LookUp(Run, Box<[Calc; 2]>),
    If(Box<[Calc; 3]>),
    Or(Box<[Calc; 2]>),
    /// An operation, by its number in the machine's table.
    Learned(u32, Box<[Calc]>),
    Apply(Box<[Calc]>),
    /// What has bodies with variables: the core's own evaluator runs it.
    Other(Ready),
}

/// Operands where they lie, for what only looks at them.
pub(crate) trait Operands {
    /// A small integer.
    fn int(&self, place: usize) -> Option<i64>;
    /// Any other value.
    fn value(&self, place: usize) -> Option<&Value>;
}

impl Operands for [Value] {
    #[inline]
    fn int(&self, place: usize) -> Option<i64> {
        if let Some(Value::Int(i)) = self.get(place) { Some(*i) } else { None }
    }
    #[inline]
    fn value(&self, place: usize) -> Option<&Value> {
        self.get(place)
    }
}

/// A value and an integer that is in no value yet.
pub(crate) struct WithInt<'a>(pub(crate) &'a Value, pub(crate) i64);

impl Operands for WithInt<'_> {
    #[inline]
    fn int(&self, place: usize) -> Option<i64> {
        (place == 1).then_some(self.1)
    }
    #[inline]
    fn value(&self, place: usize) -> Option<&Value> {
        (place == 0).then_some(self.0)
    }
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
                prim(*id, args)
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
            Self::Step2(step, run, two) => match two[0].int(args).zip(two[1].int(args)).and_then(|(a, b)| step.run(a, b)) {
                Some(Given::Int(i)) => Ok(Value::Int(i)),
                Some(Given::Test(b)) => Ok(Value::Bool(b)),
                None => run(&[two[0].run(args, cx)?, two[1].run(args, cx)?]).ok_or(Halt::Undefined),
            },
            Self::Size(run, of) => match self.int(args) {
                Some(size) => Ok(Value::Int(size)),
                None => run(&[of.run(args, cx)?]).ok_or(Halt::Undefined),
            },
            Self::At(run, two) => match two[0].look(args).zip(two[1].int(args)) {
                Some((of, i)) => usize::try_from(i).ok().and_then(|i| mimus_core::at(of, i)).ok_or(Halt::Undefined),
                None => run(&[two[0].run(args, cx)?, two[1].run(args, cx)?]).ok_or(Halt::Undefined),
            },
            // A number may be there in another form: the primitive knows.
            Self::LookUp(run, two) => match two[0].look(args).zip(two[1].look(args)).and_then(|(of, key)| entry(of, key)) {
                Some(value) => Ok(value),
                None => run(&[two[0].run(args, cx)?, two[1].run(args, cx)?]).ok_or(Halt::Undefined),
            },
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

    /// An operand or constant where it lies.
    #[inline]
    fn look<'a>(&'a self, args: &'a [Value]) -> Option<&'a Value> {
        match self {
            Self::Arg(i) => args.get(*i),
            Self::Const(value) => Some(value),
            _ => None,
        }
    }

    /// A small integer that needs nothing but operands; `None`: [`Calc::run`] must say.
    pub(crate) fn int<O: Operands + ?Sized>(&self, args: &O) -> Option<i64> {
        match self {
            Self::Arg(i) => args.int(*i),
            Self::Const(Value::Int(i)) => Some(*i),
            Self::Step2(step, _, two) => match step.run(two[0].int(args)?, two[1].int(args)?)? {
                Given::Int(i) => Some(i),
                Given::Test(_) => None,
            },
            Self::Size(_, of) => match &**of {
                Self::Arg(i) => i64::try_from(mimus_core::size(args.value(*i)?)?).ok(),
                _ => None,
            },
            Self::If(three) => if three[0].test(args)? { &three[1] } else { &three[2] }.int(args),
            _ => None,
        }
    }

    /// The same for a test.
    pub(crate) fn test<O: Operands + ?Sized>(&self, args: &O) -> Option<bool> {
        match self {
            Self::Step2(step, _, two) => match step.run(two[0].int(args)?, two[1].int(args)?)? {
                Given::Test(holds) => Some(holds),
                Given::Int(_) => None,
            },
            Self::Const(Value::Bool(holds)) => Some(*holds),
            _ => None,
        }
    }

    /// The position, where this gives the element of the first operand at a position that needs nothing but operands.
    pub(crate) fn position(&self) -> Option<&Self> {
        match self {
            Self::At(_, two) if matches!(two[0], Self::Arg(0)) => Some(&two[1]),
            _ => None,
        }
    }

    /// Whether a test is true; an undefined one is not.
    pub(crate) fn holds(&self, args: &[Value], cx: &mut Cx<'_>) -> Result<bool, Halt> {
        if let Some(holds) = self.test(args) {
            return Ok(holds);
        }
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

fn prim(id: PrimId, args: Vec<Calc>) -> Calc {
    let run = id.get().run;
    match <[Calc; 1]>::try_from(args) {
        Ok([one]) if id.get().name == "length" => Calc::Size(run, Box::new(one)),
        Ok([one]) => Calc::Prim1(run, Box::new(one)),
        Err(args) => match <[Calc; 2]>::try_from(args) {
            Ok(two) => of_two(id, Box::new(two)),
            Err(args) => match <[Calc; 3]>::try_from(args) {
                Ok(three) => Calc::Prim3(run, Box::new(three)),
                Err(args) => Calc::Prim(run, args.into()),
            },
        },
    }
}

fn of_two(id: PrimId, two: Box<[Calc; 2]>) -> Calc {
    let run = id.get().run;
    match (id.get().name, Step2::of(id)) {
        ("at", _) => Calc::At(run, two),
        ("look_up", _) => Calc::LookUp(run, two),
        (_, Some(step)) => Calc::Step2(step, run, two),
        _ => Calc::Prim2(run, two),
    }
}

/// What a key leads to in this very form.
fn entry(of: &Value, key: &Value) -> Option<Value> {
    let Value::Object(object) = of else { return None };
    match &*object.body.borrow() {
        Contents::Map(entries) => entries.get(key).cloned(),
        _ => None,
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
