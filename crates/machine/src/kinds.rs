//! Remembers which sequences hold elements of one class: an overload may ask that of a long sequence at every step of a loop.
//!
//! Every change of an object passes through [`changed`], so that what is remembered stays true.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use mimus_core::{Contents, Object, Symbol, Value};
use mimus_knowledge::{Pattern, is_one_class, is_one_of};

/// Shorter ones are looked at each time.
const LONG: usize = 16;

struct Known {
    object: Weak<Object>,
    len: usize,
    class: Symbol,
}

thread_local!(static KNOWN: RefCell<[Option<Known>; 8]> = const { RefCell::new([const { None }; 8]) });

thread_local!(static CHANGES: Cell<u64> = const { Cell::new(0) });

/// How many changes there were.
pub(crate) fn changes() -> u64 {
    CHANGES.get()
}

/// Whether a value fits a pattern.
pub(crate) fn fits(pattern: &Pattern, value: &Value) -> bool {
    let (Some(elements), Value::Object(object)) = (pattern.elements, value) else { return pattern.fits(value) };
    if pattern.class != Some(object.class) {
        return false;
    }
    let len = match &*object.body.borrow() {
        Contents::Seq(items) if items.len() > LONG => items.len(),
        _ => return pattern.fits(value),
    };
    let known = with(object, |known| match known {
        Some(known) if known.len == len && known.class == elements => Some(true),
        Some(known) if known.len == len && is_one_class(known.class) => Some(is_one_of(known.class, elements)),
        // Of what holds several classes nothing is known of one of them.
        _ => None,
    });
    known.unwrap_or_else(|| {
        let fits = pattern.fits(value);
        if fits {
            remember(object, len, elements);
        }
        fits
    })
}

/// Must be called when an object has changed. `added`: the only value that may have come in; `None`: any may have.
pub(crate) fn changed(object: &Rc<Object>, added: Option<Option<Symbol>>) {
    CHANGES.set(CHANGES.get() + 1);
    with(object, |known| {
        let Some(found) = known else { return };
        match (added, &*object.body.borrow()) {
            (Some(class), Contents::Seq(items)) if class.is_none_or(|class| is_one_of(class, found.class)) => {
                found.len = items.len()
            }
            _ => *known = None,
        }
    });
}

fn with<R>(object: &Rc<Object>, look: impl FnOnce(&mut Option<Known>) -> R) -> R {
    KNOWN.with_borrow_mut(|all| {
        let here =
            |known: &&mut Option<Known>| known.as_ref().is_some_and(|k| std::ptr::eq(k.object.as_ptr(), Rc::as_ptr(object)));
        match all.iter_mut().find(here) {
            Some(known) => look(known),
            None => look(&mut None),
        }
    })
}

fn remember(object: &Rc<Object>, len: usize, class: Symbol) {
    KNOWN.with_borrow_mut(|all| {
        // An entry for this object goes first, then an empty one, then the place that its address picks.
        let same = all.iter().position(|k| k.as_ref().is_some_and(|k| std::ptr::eq(k.object.as_ptr(), Rc::as_ptr(object))));
        let at = same.or_else(|| all.iter().position(Option::is_none)).unwrap_or((Rc::as_ptr(object) as usize >> 5) % all.len());
        all[at] = Some(Known { object: Rc::downgrade(object), len, class });
    });
}
