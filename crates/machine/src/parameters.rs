//! What the parameters of a function take, as read from the text.

use mimus_core::{Symbol, Tree};

use crate::closure::Given;

/// The parameters of a function, in order.
#[derive(Default)]
pub(crate) struct Parameters<'t> {
    pub(crate) all: Vec<Parameter<'t>>,
    /// Those to come take no argument by its position.
    only_named: bool,
}

/// One parameter.
pub(crate) struct Parameter<'t> {
    pub(crate) target: &'t Tree,
    pub(crate) kinds: Kinds,
    pub(crate) given: Given,
    pub(crate) default: Option<&'t Tree>,
}

/// What a parameter takes, before its default has a number.
pub(crate) enum Kinds {
    One,
    Or,
    Rest(Symbol),
    Named(Symbol),
}

impl<'t> Parameters<'t> {
    pub(crate) fn push(&mut self, target: &'t Tree, kinds: Kinds, default: Option<&'t Tree>) {
        let given = if self.only_named { Given::Named } else { Given::Either };
        self.all.push(Parameter { target, kinds, given, default });
    }

    /// What comes from here on is given by name.
    pub(crate) fn name_next(&mut self) {
        self.only_named = true;
    }

    /// What came before is given by position.
    pub(crate) fn place_all(&mut self) {
        self.all.iter_mut().for_each(|parameter| parameter.given = Given::Placed);
    }
}
