//! Evaluates operation expressions.
//!
//! [`Ready`] is an expression with its constants made live and its primitives resolved: the form to evaluate many times.

use std::rc::Rc;

use crate::prim::ascending;
use crate::{Contents, Expr, Higher, Host, PrimId, Stop, Symbol, Text, Value};

/// Evaluates an expression once.
pub fn eval(expr: &Expr, args: &[Value], host: &mut dyn Host) -> Result<Value, Stop> {
    Ready::new(expr).run(args, host)
}

/// An expression prepared for evaluation.
#[derive(Clone)]
pub struct Ready(Node);

#[derive(Clone)]
enum Node {
    Arg(usize),
    Local(usize),
    Const(Value),
    Prim(fn(&[Value]) -> Option<Value>, Box<[Node]>),
    If(Box<[Node; 3]>),
    Or(Box<[Node; 2]>),
    Higher(Higher, Box<Node>, Box<[Node]>),
    Learned(Symbol, Box<[Node]>),
    Apply(Box<[Node]>),
}

/// A host that knows no learned operation, and only functions that are tables.
pub struct NoHost;

impl Host for NoHost {
    fn learned(&mut self, key: Symbol, args: &[Value]) -> Result<Value, Stop> {
        Err(Stop::NotLearned(key, args.iter().map(Value::class).collect()))
    }
    fn apply(&mut self, function: &Value, args: &[Value]) -> Result<Value, Stop> {
        match function {
            Value::Function(f) => f.look_up(args).ok_or(Stop::Undefined),
            _ => Err(Stop::Undefined),
        }
    }
}

impl Ready {
    /// Prepares an expression.
    pub fn new(expr: &Expr) -> Self {
        Self(Node::new(expr))
    }

    /// Evaluates it on operands.
    pub fn run(&self, args: &[Value], host: &mut dyn Host) -> Result<Value, Stop> {
        self.0.run(args, &mut Vec::new(), host)
    }

    /// Evaluates it below enclosing forms, whose variables are on the stack `locals`, the innermost form's first one on top.
    pub fn run_inside(&self, args: &[Value], locals: &mut Vec<Value>, host: &mut dyn Host) -> Result<Value, Stop> {
        self.0.run(args, locals, host)
    }

    /// Evaluates a form whose body this is, over operands that are values already.
    pub fn run_form(
        &self,
        form: Higher,
        operands: &[Value],
        args: &[Value],
        locals: &mut Vec<Value>,
        host: &mut dyn Host,
    ) -> Result<Value, Stop> {
        Frame { args, locals, host }.higher(form, &self.0, operands)
    }
}

impl Node {
    fn new(expr: &Expr) -> Self {
        let all = |items: &[Expr]| items.iter().map(Node::new).collect::<Box<[_]>>();
        match expr {
            Expr::Arg(i) => Self::Arg(*i as usize),
            Expr::Local(i) => Self::Local(*i as usize),
            Expr::Const(datum) => Self::Const(Value::from_datum(datum)),
            Expr::Prim(id, args) => Self::Prim(PrimId::get(*id).run, all(args)),
            Expr::If(three) => Self::If(Box::new(three.each_ref().map(Node::new))),
            Expr::Or(two) => Self::Or(Box::new(two.each_ref().map(Node::new))),
            Expr::Higher(form, body, args) => Self::Higher(*form, Box::new(Node::new(body)), all(args)),
            Expr::Learned(key, args) => Self::Learned(*key, all(args)),
            Expr::Apply(args) => Self::Apply(all(args)),
        }
    }

    fn run(&self, args: &[Value], locals: &mut Vec<Value>, host: &mut dyn Host) -> Result<Value, Stop> {
        Frame { args, locals, host }.run(self)
    }
}

/// What one evaluation has at hand.
struct Frame<'a> {
    args: &'a [Value],
    locals: &'a mut Vec<Value>,
    host: &'a mut dyn Host,
}

impl Frame<'_> {
    fn run(&mut self, node: &Node) -> Result<Value, Stop> {
        match node {
            Node::Arg(i) => self.args.get(*i).cloned().ok_or(Stop::Undefined),
            Node::Local(i) => {
                let at = self.locals.len().checked_sub(i + 1).ok_or(Stop::Undefined)?;
                Ok(self.locals[at].clone())
            }
            Node::Const(value) => Ok(fresh(value)),
            // The usual arities without an allocation.
            Node::Prim(run, operands) => match &**operands {
                [a] => run(&[self.run(a)?]),
                [a, b] => run(&[self.run(a)?, self.run(b)?]),
                [a, b, c] => run(&[self.run(a)?, self.run(b)?, self.run(c)?]),
                more => run(&self.all(more)?),
            }
            .ok_or(Stop::Undefined),
            Node::If(three) => {
                let [test, then, otherwise] = &**three;
                let holds = match self.run(test) {
                    Ok(value) => matches!(value, Value::Bool(true)),
                    Err(Stop::Undefined) => false,
                    Err(stop) => return Err(stop),
                };
                self.run(if holds { then } else { otherwise })
            }
            Node::Or(two) => match self.run(&two[0]) {
                Err(Stop::Undefined) => self.run(&two[1]),
                other => other,
            },
            Node::Higher(form, body, operands) => {
                let operands = self.all(operands)?;
                self.higher(*form, body, &operands)
            }
            Node::Learned(key, operands) => {
                let operands = self.all(operands)?;
                self.host.learned(*key, &operands)
            }
            Node::Apply(operands) => {
                let operands = self.all(operands)?;
                let (function, args) = operands.split_first().ok_or(Stop::Undefined)?;
                self.host.apply(function, args)
            }
        }
    }

    fn all(&mut self, nodes: &[Node]) -> Result<Vec<Value>, Stop> {
        nodes.iter().map(|node| self.run(node)).collect()
    }

    /// The body for one element.
    fn body(&mut self, body: &Node, index: usize, item: &Value) -> Result<Value, Stop> {
        self.host.tick()?;
        self.locals.push(Value::Int(index as i64));
        self.locals.push(item.clone());
        let result = self.run(body);
        self.locals.truncate(self.locals.len() - 2);
        result
    }

    fn test(&mut self, body: &Node, index: usize, item: &Value) -> Result<bool, Stop> {
        match self.body(body, index, item)? {
            Value::Bool(holds) => Ok(holds),
            _ => Err(Stop::Undefined),
        }
    }

    fn higher(&mut self, form: Higher, body: &Node, operands: &[Value]) -> Result<Value, Stop> {
        let Some(over) = operands.first() else { return Err(Stop::Undefined) };
        match form {
            Higher::Fold => {
                let mut accumulator = operands.get(1).cloned().ok_or(Stop::Undefined)?;
                for (index, item) in elements(over)?.into_iter().enumerate() {
                    self.host.tick()?;
                    self.locals.extend([Value::Int(index as i64), item, accumulator]);
                    let result = self.run(body);
                    self.locals.truncate(self.locals.len() - 3);
                    accumulator = result?;
                }
                return Ok(accumulator);
            }
            Higher::Repeat => {
                let Value::Int(count) = over else { return Err(Stop::Undefined) };
                let mut state = operands.get(1).cloned().ok_or(Stop::Undefined)?;
                for _ in 0..*count {
                    self.host.tick()?;
                    self.locals.push(state);
                    let result = self.run(body);
                    self.locals.pop();
                    state = result?;
                }
                return Ok(state);
            }
            _ => {}
        }
        let items = elements(over)?;
        match form {
            Higher::Map => {
                let mut out = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    out.push(self.body(body, index, item)?);
                }
                if !matches!(over, Value::Text(_)) {
                    return Ok(Value::seq(out));
                }
                let mut joined = String::new();
                for piece in &out {
                    let Value::Text(piece) = piece else { return Err(Stop::Undefined) };
                    joined.push_str(piece);
                }
                Ok(Value::Text(Text::new(joined)))
            }
            Higher::Filter => {
                let mut out = Vec::new();
                for (index, item) in items.into_iter().enumerate() {
                    if self.test(body, index, &item)? {
                        out.push(item);
                    }
                }
                like(over, out)
            }
            Higher::Any | Higher::All => {
                let decisive = form == Higher::Any;
                for (index, item) in items.iter().enumerate() {
                    if self.test(body, index, item)? == decisive {
                        return Ok(Value::Bool(decisive));
                    }
                }
                Ok(Value::Bool(!decisive))
            }
            Higher::TakeWhile | Higher::DropWhile => {
                let mut end = items.len();
                for (index, item) in items.iter().enumerate() {
                    if !self.test(body, index, item)? {
                        end = index;
                        break;
                    }
                }
                let part = if form == Higher::TakeWhile { &items[..end] } else { &items[end..] };
                like(over, part.to_vec())
            }
            Higher::Position => {
                for (index, item) in items.iter().enumerate() {
                    if self.test(body, index, item)? {
                        return Ok(Value::Int(index as i64));
                    }
                }
                Err(Stop::Undefined)
            }
            Higher::SplitBy => {
                let mut pieces = vec![Vec::new()];
                for (index, item) in items.into_iter().enumerate() {
                    if self.test(body, index, &item)? {
                        pieces.push(Vec::new());
                    } else if let Some(last) = pieces.last_mut() {
                        last.push(item);
                    }
                }
                pieces.into_iter().map(|piece| like(over, piece)).collect::<Result<Vec<_>, _>>().map(Value::seq)
            }
            Higher::SortBy | Higher::SortDown => {
                let mut keyed = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    // The position makes equal keys keep their order without being compared themselves.
                    let place = if form == Higher::SortBy { index as i64 } else { -(index as i64) };
                    keyed.push(Value::seq(vec![self.body(body, index, item)?, Value::Int(place)]));
                }
                let mut sorted = ascending(keyed).ok_or(Stop::Undefined)?;
                if form == Higher::SortDown {
                    sorted.reverse();
                }
                let place = |pair: &Value| match pair {
                    Value::Object(o) => match o.body.borrow().get(1) {
                        Some(Value::Int(i)) => items.get(i.unsigned_abs() as usize).cloned(),
                        _ => None,
                    },
                    _ => None,
                };
                Ok(Value::seq(sorted.iter().filter_map(place).collect()))
            }
            Higher::Fold | Higher::Repeat => Err(Stop::Undefined),
        }
    }
}

/// A constant compound is a new object each time: whoever changes it must not change the meaning.
fn fresh(value: &Value) -> Value {
    match value {
        Value::Object(o) => {
            let body = match &*o.body.borrow() {
                Contents::Seq(items) => Contents::Seq(items.iter().map(fresh).collect()),
                Contents::Map(entries) => Contents::Map(entries.iter().map(|(k, v)| (fresh(k), fresh(v))).collect()),
                Contents::Record(fields) => Contents::Record(fields.iter().map(|(name, v)| (*name, fresh(v))).collect()),
                other => other.clone(),
            };
            Value::object(o.class, body)
        }
        other => other.clone(),
    }
}

/// What a form runs over: characters, bytes, elements.
fn elements(value: &Value) -> Result<Vec<Value>, Stop> {
    match value {
        Value::Text(text) => Ok(crate::prim::chars(text)),
        Value::Bytes(bytes) => Ok(bytes.iter().map(|b| Value::Int((*b).into())).collect()),
        Value::Object(o) => match &*o.body.borrow() {
            Contents::Seq(items) => Ok(items.clone()),
            Contents::Set(items) => Ok(items.iter().cloned().collect()),
            range @ Contents::Range { len, .. } if *len <= crate::size_limit() => {
                Ok((0..*len).filter_map(|i| range.get(i)).collect())
            }
            Contents::Range { .. } => Err(Stop::Limit("size")),
            _ => Err(Stop::Undefined),
        },
        _ => Err(Stop::Undefined),
    }
}

/// A selection of elements in the kind of what they were taken from.
fn like(over: &Value, items: Vec<Value>) -> Result<Value, Stop> {
    match over {
        Value::Text(_) => {
            let mut out = String::new();
            for item in &items {
                if let Value::Text(piece) = item {
                    out.push_str(piece);
                }
            }
            Ok(Value::Text(Text::new(out)))
        }
        Value::Bytes(_) => {
            let byte = |v: &Value| if let Value::Int(b) = v { u8::try_from(*b).ok() } else { None };
            Ok(Value::Bytes(items.iter().filter_map(byte).collect()))
        }
        Value::Object(o) if matches!(&*o.body.borrow(), Contents::Set(_)) => {
            Ok(Value::object(Symbol::neutral(), Contents::Set(items.into_iter().collect())))
        }
        _ => Ok(Value::seq(items)),
    }
}

/// Gives classes to what primitives made without one: at nesting depth 0, 1, ... of the value.
pub fn dress(value: &Value, classes: &[Symbol]) -> Value {
    let (Value::Object(o), Some((class, below))) = (value, classes.split_first()) else { return value.clone() };
    let bare = o.class == Symbol::neutral();
    if !bare && (below.is_empty() || o.label != 0) {
        return value.clone();
    }
    let dressed = match &*o.body.borrow() {
        Contents::Seq(items) if !below.is_empty() && items.iter().any(is_bare) => {
            Some(Contents::Seq(items.iter().map(|v| dress(v, below)).collect()))
        }
        Contents::Map(entries) if !below.is_empty() && entries.iter().any(|(k, v)| is_bare(k) || is_bare(v)) => {
            Some(Contents::Map(entries.iter().map(|(k, v)| (dress(k, below), dress(v, below))).collect()))
        }
        Contents::Set(items) if !below.is_empty() && items.iter().any(is_bare) => {
            Some(Contents::Set(items.iter().map(|v| dress(v, below)).collect()))
        }
        contents if bare => Some(contents.clone()),
        _ => None,
    };
    match dressed {
        Some(contents) if bare => Value::object(*class, contents),
        // An object with a class was not made by a primitive: it stays itself, whatever it holds.
        _ => Value::Object(Rc::clone(o)),
    }
}

fn is_bare(value: &Value) -> bool {
    matches!(value, Value::Object(o) if o.class == Symbol::neutral())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;

    #[track_caller]
    fn check(expr: &str, args: &[Value], expected: Result<&str, Stop>) {
        let expr = Expr::from_term(&Term::parse(expr).unwrap()).unwrap();
        let found = eval(&expr, args, &mut NoHost).map(|v| v.to_datum(9).to_string());
        assert_eq!(found.as_deref(), expected.as_ref().map(|t| *t), "{expr}");
    }

    fn ints(items: &[i64]) -> Value {
        Value::seq(items.iter().map(|n| Value::Int(*n)).collect())
    }

    #[test]
    fn forms() {
        let xs = ints(&[3, 1, 2]);
        check("each(add(v0, v1), a0)", std::slice::from_ref(&xs), Ok(r#"seq("", 3, 2, 4)"#));
        check("keep(less(1, v0), a0)", std::slice::from_ref(&xs), Ok(r#"seq("", 3, 2)"#));
        check("fold(add(v0, v1), a0, 10)", std::slice::from_ref(&xs), Ok("16"));
        check("sort_by(negative(v0), a0)", std::slice::from_ref(&xs), Ok(r#"seq("", 3, 2, 1)"#));
        check("sort_down(v0, a0)", std::slice::from_ref(&xs), Ok(r#"seq("", 3, 2, 1)"#));
        check("sort_down(less(v0, 2), a0)", std::slice::from_ref(&xs), Ok(r#"seq("", 1, 3, 2)"#));
        check("position(equal(v0, 9), a0)", std::slice::from_ref(&xs), Err(Stop::Undefined));
        check("each(each(add(v0, v2), a0), a0)", &[ints(&[1, 2])], Ok(r#"seq("", seq("", 2, 3), seq("", 3, 4))"#));
        check("repeat_on(multiply(v0, 2), a0, 1)", &[Value::Int(5)], Ok("32"));
        check("split_by(is_blank(v0), a0)", &[Value::text("a b")], Ok(r#"seq("", "a", "b")"#));
        check("each(cat(v0, v0), a0)", &[Value::text("ab")], Ok(r#""aabb""#));
        check("take_while(is_letter(v0), a0)", &[Value::text("ab1c")], Ok(r#""ab""#));
    }

    #[test]
    fn undefined_tests_are_false_and_or_goes_on() {
        check("if(less(at(a0, 9), 1), 1, 2)", &[ints(&[])], Ok("2"));
        check("or(at(a0, 9), 7)", &[ints(&[])], Ok("7"));
        check("at(a0, 9)", &[ints(&[])], Err(Stop::Undefined));
    }

    #[test]
    fn dressing() {
        let bare = Value::seq(vec![Value::seq(vec![Value::Int(1)]), Value::Int(2)]);
        let dressed = dress(&bare, &[Symbol::new("A"), Symbol::new("B")]);
        assert_eq!(dressed.to_datum(5).to_string(), r#"seq("A", seq("B", 1), 2)"#);
        assert_eq!(dress(&dressed, &[Symbol::new("C"), Symbol::new("D")]), dressed);
    }
}
