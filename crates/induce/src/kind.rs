//! Types as the search sees them: read off the values that a candidate gives, not declared.

use mimus_core::{Contents, Ty, Value};
use rustc_hash::FxHashMap;

/// The number of a kind in [`Kinds`].
pub type KindId = u16;

/// What the values of a candidate have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Bottom,
    None,
    Bool,
    Int,
    Float,
    Char,
    Text,
    Bytes,
    Record,
    Callable,
    Opaque,
    Any,
    Seq(KindId),
    Map(KindId, KindId),
    Set(KindId),
}

/// Kinds without parts have fixed numbers.
const FIXED: [Kind; 12] = [
    Kind::Bottom,
    Kind::None,
    Kind::Bool,
    Kind::Int,
    Kind::Float,
    Kind::Char,
    Kind::Text,
    Kind::Bytes,
    Kind::Record,
    Kind::Callable,
    Kind::Opaque,
    Kind::Any,
];
pub const BOTTOM: KindId = 0;
pub const NONE: KindId = 1;
pub const BOOL: KindId = 2;
pub const INT: KindId = 3;
pub const FLOAT: KindId = 4;
pub const CHAR: KindId = 5;
pub const TEXT: KindId = 6;
pub const BYTES: KindId = 7;
pub const RECORD: KindId = 8;
pub const CALLABLE: KindId = 9;
pub const OPAQUE: KindId = 10;
pub const ANY: KindId = 11;

/// All kinds met so far.
pub struct Kinds {
    list: Vec<Kind>,
    numbers: FxHashMap<Kind, KindId>,
}

impl Kinds {
    pub fn new() -> Self {
        let mut kinds = Self { list: vec![], numbers: FxHashMap::default() };
        for kind in FIXED {
            kinds.number(kind);
        }
        kinds
    }

    pub fn get(&self, id: KindId) -> Kind {
        self.list[id as usize]
    }

    pub fn number(&mut self, kind: Kind) -> KindId {
        let list = &mut self.list;
        *self.numbers.entry(kind).or_insert_with(|| {
            list.push(kind);
            (list.len() - 1) as KindId
        })
    }

    /// The least kind above both.
    pub fn join(&mut self, a: KindId, b: KindId) -> KindId {
        if a == b || b == BOTTOM {
            return a;
        }
        if a == BOTTOM {
            return b;
        }
        let joined = match (self.get(a), self.get(b)) {
            (Kind::Char, Kind::Text) | (Kind::Text, Kind::Char) => return TEXT,
            (Kind::Seq(x), Kind::Seq(y)) => Kind::Seq(self.join(x, y)),
            (Kind::Set(x), Kind::Set(y)) => Kind::Set(self.join(x, y)),
            (Kind::Map(k, v), Kind::Map(l, w)) => Kind::Map(self.join(k, l), self.join(v, w)),
            _ => return ANY,
        };
        self.number(joined)
    }

    /// The kind of a value.
    pub fn of(&mut self, value: &Value) -> KindId {
        self.of_nested(value, 4)
    }

    fn of_nested(&mut self, value: &Value, depth: usize) -> KindId {
        match value {
            Value::None => NONE,
            Value::Bool(_) => BOOL,
            Value::Int(_) | Value::Big(_) => INT,
            Value::Float(_) => FLOAT,
            Value::Text(t) if t.chars_len() == 1 => CHAR,
            Value::Text(_) => TEXT,
            Value::Bytes(_) => BYTES,
            Value::Atom(_) | Value::Bound(_) | Value::Function(_) => CALLABLE,
            Value::Opaque(..) => OPAQUE,
            Value::Object(o) => {
                if depth == 0 {
                    return ANY;
                }
                let kind = match &*o.body.borrow() {
                    Contents::Range { len: 0, .. } => Kind::Seq(BOTTOM),
                    Contents::Range { .. } => Kind::Seq(INT),
                    Contents::Seq(items) => Kind::Seq(self.all(items.iter(), depth)),
                    Contents::Set(items) => Kind::Set(self.all(items.iter(), depth)),
                    Contents::Map(entries) => Kind::Map(self.all(entries.keys(), depth), self.all(entries.values(), depth)),
                    Contents::Record(_) => return RECORD,
                };
                self.number(kind)
            }
        }
    }

    fn all<'a>(&mut self, items: impl Iterator<Item = &'a Value>, depth: usize) -> KindId {
        let mut kind = BOTTOM;
        for item in items.take(64) {
            let one = self.of_nested(item, depth - 1);
            kind = self.join(kind, one);
            if kind == ANY {
                break;
            }
        }
        kind
    }

    /// Whether every value of kind `a` is one of kind `b`. Nothing but the mixed kind itself is below the mixed kind: it would let
    /// everything in.
    pub fn below(&self, a: KindId, b: KindId) -> bool {
        if a == b || a == BOTTOM {
            return true;
        }
        match (self.get(a), self.get(b)) {
            (Kind::Char, Kind::Text) => true,
            (Kind::Seq(x), Kind::Seq(y)) | (Kind::Set(x), Kind::Set(y)) => y == ANY || self.below(x, y),
            (Kind::Map(k, v), Kind::Map(l, w)) => (l == ANY || self.below(k, l)) && (w == ANY || self.below(v, w)),
            _ => false,
        }
    }

    /// Whether some value can be of both kinds, numbers counted as one kind.
    pub fn overlap(&self, a: KindId, b: KindId) -> bool {
        if a == b || a == ANY || b == ANY || a == BOTTOM || b == BOTTOM {
            return true;
        }
        match (self.get(a), self.get(b)) {
            (Kind::Bool | Kind::Int | Kind::Float, Kind::Bool | Kind::Int | Kind::Float) => true,
            (Kind::Char | Kind::Text, Kind::Char | Kind::Text) => true,
            (Kind::Seq(x), Kind::Seq(y)) | (Kind::Set(x), Kind::Set(y)) => self.overlap(x, y),
            (Kind::Map(k, v), Kind::Map(l, w)) => self.overlap(k, l) && self.overlap(v, w),
            _ => false,
        }
    }

    /// Whether values of a kind can be operands of a declared type.
    pub fn accepts(&self, ty: &Ty, kind: KindId) -> bool {
        match (ty, self.get(kind)) {
            (_, Kind::Bottom) => false,
            (Ty::Var(_) | Ty::Any, _) => true,
            (Ty::None, Kind::None)
            | (Ty::Bool, Kind::Bool)
            | (Ty::Int, Kind::Int)
            | (Ty::Float, Kind::Float)
            | (Ty::Text, Kind::Char | Kind::Text)
            | (Ty::Char, Kind::Char)
            | (Ty::Bytes, Kind::Bytes)
            | (Ty::Record, Kind::Record)
            | (Ty::Function, Kind::Callable)
            | (Ty::Run, Kind::Char | Kind::Text | Kind::Bytes | Kind::Seq(_))
            | (Ty::Many, Kind::Char | Kind::Text | Kind::Bytes | Kind::Seq(_) | Kind::Map(..) | Kind::Set(_)) => true,
            (Ty::Seq(inner), Kind::Seq(x)) | (Ty::Set(inner), Kind::Set(x)) => self.accepts_part(inner, x),
            (Ty::Map(k, v), Kind::Map(x, y)) => self.accepts_part(k, x) && self.accepts_part(v, y),
            _ => false,
        }
    }

    fn accepts_part(&self, ty: &Ty, kind: KindId) -> bool {
        kind == BOTTOM || self.accepts(ty, kind)
    }

    /// What a form can run over, and the kind of its elements.
    pub fn element(&self, kind: KindId) -> Option<KindId> {
        match self.get(kind) {
            Kind::Char | Kind::Text => Some(CHAR),
            Kind::Bytes => Some(INT),
            Kind::Seq(x) | Kind::Set(x) => Some(x),
            _ => None,
        }
    }

    /// Whether the operands' kinds agree where the types say that they must.
    pub fn agree(&self, takes: &[Ty], kinds: &[KindId]) -> bool {
        // Positions 0 and 1 are the variables, 2 stands for `Run` and `Many`.
        let mut bound = [None; 3];
        takes.iter().zip(kinds).all(|(ty, kind)| self.bind(ty, *kind, &mut bound))
    }

    fn bind(&self, ty: &Ty, kind: KindId, bound: &mut [Option<KindId>; 3]) -> bool {
        let mut meet = |i: usize, kind: KindId| match bound[i] {
            None => {
                bound[i] = Some(kind);
                true
            }
            Some(other) => self.overlap(other, kind),
        };
        match (ty, self.get(kind)) {
            (Ty::Var(i), _) => meet((*i).min(1) as usize, kind),
            (Ty::Run | Ty::Many, _) => meet(2, kind),
            (Ty::Seq(inner), Kind::Seq(x)) | (Ty::Set(inner), Kind::Set(x)) => self.bind(inner, x, bound),
            (Ty::Map(k, v), Kind::Map(x, y)) => self.bind(k, x, bound) && self.bind(v, y, bound),
            _ => true,
        }
    }
}
