//! The state of the machine and of one run of it.

use std::io::Write;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mimus_core::{Code, Contents, Form, Named, Symbol, Value};
use mimus_knowledge::{Does, Knowledge, Role};
use rustc_hash::FxHashMap;

use crate::calc::{Calculated, Halt};
use crate::collect::{Args, Collect};
use crate::delegate::Asked;
use crate::frame::Frame;
use crate::lazy::Lazies;
use crate::operation::{Operation, Site};
use crate::quick::Got;
use crate::signal::{Flow, Jump, Signal, limit, unknown};
use crate::{Limited, Limits};

/// What lives as long as the machine.
pub(crate) struct State {
    pub(crate) knowledge: Arc<Knowledge>,
    pub(crate) limits: Limits,
    tables: Vec<Rc<Operation>>,
    numbers: FxHashMap<Symbol, u32>,
    atoms: FxHashMap<Symbol, u32>,
    pub(crate) globals: Vec<Global>,
    global_numbers: FxHashMap<Symbol, u32>,
    pub(crate) constructs: Vec<Constructed>,
    construct_numbers: FxHashMap<(Form, Role), u32>,
    /// For each straight stretch of program, the constructs in it and where they stand.
    pub(crate) stretches: Vec<Vec<(u32, Range<usize>)>>,
    /// How often each stretch ran in this run.
    pub(crate) counters: Vec<u64>,
    pub(crate) interrupt: Arc<AtomicBool>,
    pub(crate) labels: u32,
    pub(crate) lazies: Lazies,
    /// How records are named that are made of frames.
    pub(crate) named: Option<Named>,
    /// Names that operations ask for by delegation.
    pub(crate) asked: Asked,
}

/// A name of the outermost frame.
pub(crate) struct Global {
    pub(crate) name: Symbol,
    pub(crate) value: Option<Value>,
    pub(crate) touched: bool,
}

/// A construct that some program has used.
pub(crate) struct Constructed {
    pub(crate) form: Form,
    pub(crate) role: Role,
    pub(crate) code: Code,
    pub(crate) seen: u64,
    pub(crate) share: f64,
}

impl State {
    pub(crate) fn new(knowledge: Arc<Knowledge>, limits: Limits) -> Self {
        let named = knowledge.constructs.values().flat_map(|c| &c.meanings).find_map(|rival| named_in(&rival.meaning));
        let asked = Asked::new(&knowledge);
        Self {
            knowledge,
            limits,
            tables: Vec::new(),
            numbers: FxHashMap::default(),
            atoms: FxHashMap::default(),
            globals: Vec::new(),
            global_numbers: FxHashMap::default(),
            constructs: Vec::new(),
            construct_numbers: FxHashMap::default(),
            stretches: Vec::new(),
            counters: Vec::new(),
            interrupt: Arc::default(),
            labels: 0,
            lazies: Lazies::default(),
            asked,
            named,
        }
    }

    /// The number of an operation. One that is not known has no overloads.
    pub(crate) fn table_number(&mut self, key: Symbol) -> u32 {
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let overloads = self.knowledge.operations.get(&key).map_or(&[][..], |operation| &operation.overloads);
        let ways = self.knowledge.ways.get(&key).map_or(&[][..], Vec::as_slice);
        let number = self.tables.len() as u32;
        self.tables.push(Rc::new(Operation::new(key, overloads, ways)));
        self.numbers.insert(key, number);
        number
    }

    pub(crate) fn table(&mut self, key: Symbol) -> Rc<Operation> {
        let number = self.table_number(key);
        self.tables[number as usize].clone()
    }

    /// The number of the operation that a builtin thing of this name performs.
    pub(crate) fn atom_number(&mut self, name: Symbol) -> u32 {
        if let Some(number) = self.atoms.get(&name) {
            return *number;
        }
        let number = self.table_number(Symbol::new(&format!("@{name}")));
        self.atoms.insert(name, number);
        number
    }

    pub(crate) fn operations(&self) -> &[Rc<Operation>] {
        &self.tables
    }

    pub(crate) fn global_number(&mut self, name: Symbol) -> u32 {
        let globals = &mut self.globals;
        *self.global_numbers.entry(name).or_insert_with(|| {
            globals.push(Global { name, value: None, touched: false });
            globals.len() as u32 - 1
        })
    }

    /// The number of a construct and its program; `None` when it is not known or nothing explains it.
    pub(crate) fn construct(&mut self, form: Form, role: Role) -> Option<u32> {
        if let Some(number) = self.construct_numbers.get(&(form, role)) {
            return Some(*number);
        }
        let construct = self.knowledge.constructs.get(&(form, role))?;
        let rival = construct.meanings.first()?;
        let number = self.constructs.len() as u32;
        let (seen, share, code) = (construct.seen, rival.share, rival.meaning.clone());
        self.constructs.push(Constructed { form, role, code, seen, share });
        self.construct_numbers.insert((form, role), number);
        Some(number)
    }
}

/// How a program names a record that it makes of a frame.
fn named_in(code: &Code) -> Option<Named> {
    if let Code::Own(named, _) = code { Some(*named) } else { code.parts().find_map(named_in) }
}

/// Steps between two looks at the interrupt flag and the fuel.
const STRIDE: u32 = 1024;

/// The least stack that must be left to go deeper, in bytes.
const SPARE: usize = 512 << 10;

/// Frames that are kept to be used again.
const SPARES: usize = 32;

/// Operations inside operations: more than any sensible value nests.
const OPERATIONS_DEEP: usize = 20_000;

/// One run.
pub(crate) struct Cx<'a> {
    pub(crate) state: &'a mut State,
    out: &'a mut dyn Write,
    left: u32,
    fuel: u64,
    depth: usize,
    operations_deep: usize,
    /// Where the operation that runs now stands.
    pub(crate) at: Range<usize>,
    pub(crate) collections: Vec<Collect>,
    pub(crate) caught: Vec<Signal>,
    pub(crate) frames: Vec<Rc<Frame>>,
    /// Empty frames, to be used again.
    spare: Vec<Rc<Frame>>,
    /// The jump that is under way: see [`crate::quick::Way`].
    pub(crate) jump: Option<Jump>,
    /// The signal that is under way where it is not handed on as a result.
    pub(crate) failed: Option<Box<Signal>>,
    /// A signal on its way through an expression of the core's evaluator.
    pub(crate) pending: Option<Box<Signal>>,
    /// Bytes made since memory was last counted, and the count at which to do it again.
    grown: usize,
    allowance: usize,
    /// How often something was printed or bound in the outermost frame.
    pub(crate) acts: u64,
}

impl<'a> Cx<'a> {
    pub(crate) fn new(state: &'a mut State, out: &'a mut dyn Write) -> Self {
        let fuel = state.limits.fuel.unwrap_or(u64::MAX);
        let left = first_stride(fuel);
        let allowance = state.limits.memory.map_or(usize::MAX, |memory| memory / 2);
        Self {
            state,
            out,
            left,
            fuel: fuel - u64::from(left),
            depth: 0,
            operations_deep: 0,
            at: 0..0,
            collections: Vec::new(),
            caught: Vec::new(),
            frames: Vec::new(),
            spare: Vec::new(),
            jump: None,
            failed: None,
            pending: None,
            grown: 0,
            allowance,
            acts: 0,
        }
    }

    /// Puts a signal where it waits for who takes it.
    #[cold]
    pub(crate) fn fail(&mut self, signal: Box<Signal>) -> Got {
        self.failed = Some(signal);
        Got::Failed
    }

    /// The signal that waits.
    #[cold]
    pub(crate) fn failure(&mut self) -> Box<Signal> {
        self.failed.take().unwrap_or_else(|| Box::new(Signal::Limit(Limited::Other("a signal was lost"))))
    }

    /// Counts a step.
    #[inline]
    pub(crate) fn tick(&mut self) -> Flow<()> {
        if self.left == 0 {
            return self.refill();
        }
        self.left -= 1;
        Ok(())
    }

    /// Counts a turn, if there is one.
    #[inline]
    pub(crate) fn tick_if(&mut self, turn: bool) -> Flow<bool> {
        if turn {
            self.tick()?;
        }
        Ok(turn)
    }

    #[cold]
    fn refill(&mut self) -> Flow<()> {
        if self.state.interrupt.load(Ordering::Relaxed) {
            return limit(Limited::Interrupted);
        }
        if self.fuel == 0 {
            return limit(Limited::Fuel);
        }
        let more = first_stride(self.fuel);
        self.fuel -= u64::from(more);
        self.left = more - 1;
        Ok(())
    }

    /// Begins a call of the program's own function; [`Cx::leave`] must follow when this gave no error.
    pub(crate) fn enter(&mut self) -> Flow<()> {
        if self.depth >= self.state.limits.depth {
            return limit(Limited::Depth);
        }
        self.deep()?;
        self.depth += 1;
        Ok(())
    }

    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// A frame of a call, without slots yet.
    pub(crate) fn frame(&mut self, size: u32, up: &Rc<Frame>) -> Rc<Frame> {
        Frame::again(self.spare.pop(), size, up)
    }

    /// Keeps the frame of a call that is over for the next one, if nobody else holds it.
    pub(crate) fn done(&mut self, frame: Rc<Frame>) {
        if Rc::strong_count(&frame) == 1
            && self.spare.len() < SPARES
            && let Some(empty) = Frame::spare(frame)
        {
            self.spare.push(empty);
        }
    }

    /// A number that grows with whatever can be seen from outside of a call.
    pub(crate) fn effects(&self) -> u64 {
        self.acts + crate::kinds::changes()
    }

    /// Fails when little stack is left.
    pub(crate) fn deep(&self) -> Flow<()> {
        match stacker::remaining_stack() {
            Some(left) if left < SPARE => limit(Limited::Depth),
            _ => Ok(()),
        }
    }

    pub(crate) fn print(&mut self, text: &str) -> Flow<()> {
        self.acts += 1;
        self.look_at_compared()?;
        self.out.write_all(text.as_bytes()).or_else(|_| limit(Limited::Output))
    }

    /// What was compared as one thing with another must not be of a kind whose methods say how it is compared.
    #[inline]
    pub(crate) fn look_at_compared(&mut self) -> Flow<()> {
        match mimus_core::compared() {
            Some(delegates) => self.may_compare(&delegates),
            None => Ok(()),
        }
    }

    #[cold]
    fn may_compare(&self, delegates: &[Value]) -> Flow<()> {
        let ways = self.state.knowledge.ways.values().flatten();
        let of_two = ways.filter_map(|way| match &way.does {
            Does::Call { name, order: Some(order), .. } if order.len() == 2 => Some(*name),
            _ => None,
        });
        let has = |name: Symbol| delegates.iter().any(|holder| crate::delegate::field(holder, name.as_str()).is_some());
        match of_two.into_iter().find(|name| has(*name)) {
            Some(name) => unknown(&self.at, format!("how things with `{name}` are compared inside others was not learned")),
            None => Ok(()),
        }
    }

    /// Counts a result's memory when it is worth counting.
    #[inline]
    pub(crate) fn weigh(&mut self, value: &Value) -> Flow<()> {
        match value {
            Value::Text(text) if text.len() > 256 => self.grow(text.len()),
            Value::Object(object) if Rc::strong_count(object) == 1 => match &*object.body.borrow() {
                Contents::Range { .. } => Ok(()),
                contents => self.grow(64 + 24 * contents.len()),
            },
            Value::Big(big) => self.grow(big.bits() as usize / 8),
            Value::Bytes(bytes) if bytes.len() > 256 => self.grow(bytes.len()),
            _ => Ok(()),
        }
    }

    /// Counts bytes that are about to be, or have just been, taken.
    #[inline]
    pub(crate) fn grow(&mut self, bytes: usize) -> Flow<()> {
        self.grown = self.grown.saturating_add(bytes);
        if self.grown > self.allowance { self.count_memory() } else { Ok(()) }
    }

    /// Much was made since the last count; how much of it is still there decides.
    #[cold]
    fn count_memory(&mut self) -> Flow<()> {
        let memory = self.state.limits.memory.unwrap_or(usize::MAX);
        let held = crate::census::held(self);
        if held > memory {
            return limit(Limited::Memory);
        }
        self.grown = 0;
        // Counting costs as much as there is: let it pay.
        self.allowance = ((memory - held) / 2).max(64 << 10);
        Ok(())
    }

    pub(crate) fn learned_by_number(&mut self, number: u32, args: &[Value]) -> Calculated {
        let Some(operation) = self.state.operations().get(number as usize).cloned() else { return Err(Halt::Undefined) };
        if self.operations_deep > OPERATIONS_DEEP {
            return Err(Halt::Signal(Box::new(Signal::Limit(Limited::Depth))));
        }
        self.deep()?;
        self.tick()?;
        self.operations_deep += 1;
        let result = operation.run(args, &[], self);
        self.operations_deep -= 1;
        result
    }

    pub(crate) fn apply_function(&mut self, function: &Value, args: &[Value]) -> Calculated {
        match function {
            Value::Function(f) => match f.as_any().downcast_ref::<crate::closure::Closure>() {
                Some(closure) => {
                    let at = self.at.clone();
                    let args = Args { values: args.into(), ..Args::default() };
                    let result = closure.call(args, &at, self)?;
                    self.at = at;
                    Ok(result)
                }
                None => match crate::delegate::taken(function) {
                    Some(taken) => {
                        let mut all = vec![taken.of.clone()];
                        all.extend(args.iter().cloned());
                        self.apply_function(&taken.function, &all)
                    }
                    None => f.look_up(args).ok_or(Halt::Undefined),
                },
            },
            Value::Atom(name) => {
                let number = self.state.atom_number(*name);
                self.learned_by_number(number, args)
            }
            Value::Bound(pair) => {
                let number = self.state.atom_number(pair.0);
                let mut all = vec![pair.1.clone()];
                all.extend(args.iter().cloned());
                self.learned_by_number(number, &all)
            }
            other => {
                let number = self.state.table_number(Symbol::new(mimus_core::CALL));
                let mut all = vec![other.clone()];
                all.extend(args.iter().cloned());
                self.learned_by_number(number, &all)
            }
        }
    }

    /// Whether the value counts as true here.
    #[inline]
    pub(crate) fn truth(&mut self, site: &Site, value: &Value) -> Flow<bool> {
        match value {
            // A boolean is what it is, also where nobody has said so.
            Value::Bool(b) if site.keeps_bool(self) || site.operation.entries.is_empty() => return Ok(*b),
            Value::Int(i) => {
                if let Some(crate::quick::Got::Bool(b)) = site.ints(1, *i, 0, self) {
                    return Ok(b != 0);
                }
            }
            _ => {}
        }
        match site.run(std::slice::from_ref(value), self)? {
            Value::Bool(b) => Ok(b),
            _ => unknown(&site.at, "what was learned of truth gives no boolean here"),
        }
    }

    pub(crate) fn bind_global(&mut self, number: u32, value: Option<Value>) -> Option<Value> {
        self.acts += 1;
        let global = &mut self.state.globals[number as usize];
        global.touched = true;
        std::mem::replace(&mut global.value, value)
    }
}

fn first_stride(fuel: u64) -> u32 {
    fuel.min(u64::from(STRIDE)) as u32
}
