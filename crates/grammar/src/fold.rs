//! Which runs of pieces may have any length.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::Kind;

use crate::lexicon::Lexicon;
use crate::sym::{Alphabet, Item, Kinds, Sym};

/// Where a run stands: its piece's kind, the symbols before it (other runs written once), the separator, the symbol after it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub kind: Kind,
    pub before: Vec<Sym>,
    pub sep: Sym,
    pub after: Sym,
}

impl Place {
    fn near(&self) -> (Sym, Sym, Sym) {
        (self.before.last().copied().unwrap_or(Sym::EDGE), self.sep, self.after)
    }

    /// Nothing but pieces and separators: where operators stand.
    fn infix(&self) -> bool {
        self.before.is_empty() && self.after == Sym::EDGE
    }
}

/// What was learned about runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folds {
    /// Kinds of the pieces of runs at places seen; none where it must not be folded.
    pub exact: BTreeMap<Place, Kinds>,
    near: BTreeMap<(Sym, Sym, Sym), Kinds>,
    /// Symbols after which parts follow each other without separators: clauses.
    clauses: BTreeSet<(Kind, Sym)>,
    /// Separators that separate anywhere.
    universal: BTreeSet<Sym>,
    closers: BTreeSet<Sym>,
    openers: BTreeSet<Sym>,
    /// What opens a quoted text with gaps: all that is in it is one run.
    texts: BTreeSet<Sym>,
}

/// Counts of run lengths.
#[derive(Clone, Debug, Default)]
pub(crate) struct FoldCounts {
    seen: BTreeMap<Place, (BTreeMap<usize, usize>, Kinds)>,
    /// Separators seen next to other separators between three or more pieces.
    mixed: BTreeSet<Sym>,
}

/// A stretch of a template: one symbol or a run.
struct Stretch {
    from: usize,
    to: usize,
    sep: Option<Sym>,
    kinds: Kinds,
    count: usize,
}

fn loose(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Expr | Kind::Part | Kind::Name))
}

/// May pieces of these kinds stand in one run?
fn mix(kinds: Kinds, kind: Kind) -> bool {
    kinds.has(kind)
        || loose(Some(kind))
            && !(kinds.with(Kinds::of(kind)).has(Kind::Expr) && kinds.with(Kinds::of(kind)).has(Kind::Name))
            && kinds.each().all(|k| loose(Some(k)))
}

fn stretches(syms: &[Sym], folds: &Folds) -> Vec<Stretch> {
    let Folds { openers, closers, .. } = folds;
    let mut out = Vec::with_capacity(syms.len());
    let mut i = 0;
    while i < syms.len() {
        let mut stretch = Stretch { from: i, to: i + 1, sep: None, kinds: Kinds::default(), count: 1 };
        if let Some(kind) = syms[i].as_hole() {
            stretch.kinds = Kinds::of(kind);
            let in_text = i > 0 && folds.texts.contains(&syms[i - 1]);
            while let Some(next) = syms.get(stretch.to).and_then(|s| s.as_hole())
                && (next == kind || in_text && mix(stretch.kinds, next))
            {
                stretch.kinds = stretch.kinds.with(Kinds::of(next));
                stretch.to += 1;
                stretch.count += 1;
            }
            if stretch.count == 1
                && let Some(&sep) = syms.get(i + 1)
                && !openers.contains(&sep)
                && !closers.contains(&sep)
            {
                while let (Some(&s), Some(next)) = (syms.get(stretch.to), syms.get(stretch.to + 1).and_then(|s| s.as_hole())) {
                    if s != sep || sep.as_hole().is_some() || !mix(stretch.kinds, next) {
                        break;
                    }
                    stretch.kinds = stretch.kinds.with(Kinds::of(next));
                    stretch.count += 1;
                    stretch.to += 2;
                    stretch.sep = Some(sep);
                }
                // `_ a _ b _` is no run of two.
                let next = (syms.get(stretch.to), syms.get(stretch.to + 1).and_then(|s| s.as_hole()));
                if stretch.count == 2
                    && let (Some(&other), Some(hole)) = next
                    && other != sep
                    && other.as_hole().is_none()
                    && !closers.contains(&other)
                    && stretch.kinds.has(hole)
                {
                    stretch = Stretch { from: i, to: i + 1, sep: None, kinds: Kinds::of(kind), count: 1 };
                }
                if stretch.count > 1
                    && syms.get(stretch.to) == Some(&sep)
                    && syms.get(stretch.to + 1).is_some_and(|s| closers.contains(s))
                {
                    stretch.to += 1;
                }
            }
        }
        i = stretch.to;
        out.push(stretch);
    }
    out
}

/// The place of each run of a template.
fn places(kind: Kind, syms: &[Sym], stretches: &[Stretch]) -> Vec<Option<Place>> {
    let mut before: Vec<Sym> = Vec::new();
    let mut out = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        if stretch.count > 1 {
            let sep = stretch.sep.unwrap_or(Sym::NONE);
            let after = syms.get(stretch.to).copied().unwrap_or(Sym::EDGE);
            out.push(Some(Place { kind, before: before.clone(), sep, after }));
            before.extend([Sym::hole(Kind::Part), sep]);
        } else {
            out.push(None);
            before.extend(&syms[stretch.from..stretch.to]);
        }
    }
    out
}

impl FoldCounts {
    pub fn add(&mut self, kind: Kind, syms: &[Sym], folds: &Folds) {
        let stretches = stretches(syms, folds);
        for (place, stretch) in places(kind, syms, &stretches).into_iter().zip(&stretches) {
            let Some(place) = place else { continue };
            let entry = self.seen.entry(place).or_default();
            *entry.0.entry(stretch.count).or_default() += 1;
            entry.1 = entry.1.with(stretch.kinds);
        }
        // a < b <= c
        if kind == Kind::Expr
            && let Some(seps) = infix(syms, &folds.closers)
            && seps.len() > 1
            && seps.iter().any(|sep| *sep != seps[0])
        {
            self.mixed.extend(seps.iter().filter(|sep| sep.len() == 1).map(|sep| sep[0]));
        }
    }

    fn strict(&self, place: &Place) -> bool {
        let (lengths, _) = &self.seen[place];
        let total: usize = lengths.values().sum();
        let long: usize = lengths.range(3..).map(|(_, n)| n).sum();
        let (least, share) = if place.infix() { (4, 0.1) } else { (3, 0.03) };
        lengths.len() >= 3
            && long >= least
            && long as f64 >= share * total as f64
            && !(place.infix() && self.mixed.contains(&place.sep))
    }

    pub fn finish(&self, alphabet: &Alphabet, lexicon: &Lexicon) -> Folds {
        let mut folds = Folds::of(alphabet, lexicon);
        let mut strict: BTreeMap<Sym, usize> = BTreeMap::new();
        for place in self.seen.keys().filter(|place| self.strict(place)) {
            *strict.entry(place.sep).or_default() += 1;
        }
        folds.universal = strict.iter().filter(|&(&sep, &n)| n >= 2 || sep == Sym::NONE).map(|(&sep, _)| sep).collect();
        for (place, (lengths, kinds)) in &self.seen {
            let total: usize = lengths.values().sum();
            let long: usize = lengths.range(3..).map(|(_, n)| n).sum();
            let same = total >= 8 && lengths.len() == 1;
            // Where nothing separates pieces, others of the same brackets say little.
            let anywhere = place.sep != Sym::NONE
                && folds.universal.contains(&place.sep)
                && !(place.infix() && self.mixed.contains(&place.sep));
            let fold = self.strict(place)
                // Parts side by side are clauses.
                || place.sep == Sym::NONE && kinds.has(Kind::Part)
                || anywhere && folds.bracketed(place) && !same
                || anywhere && long >= 1;
            folds.exact.insert(place.clone(), if fold { *kinds } else { Kinds::default() });
        }
        folds.derive();
        folds
    }
}

/// Names at the end of a statement.
fn listed(place: &Place, own: Kinds) -> bool {
    place.kind == Kind::Stmt
        && !place.before.is_empty()
        && place.after == Sym::EDGE
        && own.each().all(|k| matches!(k, Kind::Name | Kind::Part))
}

/// The separators of a template that has nothing but expressions and separators.
pub(crate) fn infix<'s>(syms: &'s [Sym], closers: &BTreeSet<Sym>) -> Option<Vec<&'s [Sym]>> {
    let hole = Sym::hole(Kind::Expr);
    if syms.first() != Some(&hole) || syms.last() != Some(&hole) {
        return None;
    }
    let parts: Vec<&[Sym]> = syms[1..syms.len().max(2) - 1].split(|&s| s == hole).collect();
    let plain =
        |part: &&[Sym]| !part.is_empty() && part.len() <= 2 && part.iter().all(|s| s.as_hole().is_none() && !closers.contains(s));
    parts.iter().all(plain).then_some(parts)
}

impl Folds {
    pub fn of(alphabet: &Alphabet, lexicon: &Lexicon) -> Self {
        let known = |text: &str| Some(alphabet.token(text)).filter(|&s| s != Sym::NONE);
        let all = |texts: [&str; 3]| texts.into_iter().filter_map(known).collect();
        let prefixes = lexicon.gaps.iter().flat_map(|gaps| &gaps.prefixes);
        let marks = prefixes.flat_map(|prefix| lexicon.quotes.iter().map(move |quote| format!("{prefix}{}", quote.open)));
        Self {
            closers: all([")", "]", "}"]),
            openers: all(["(", "[", "{"]),
            texts: marks.filter_map(|mark| known(&mark)).collect(),
            ..Self::default()
        }
    }

    pub fn closers(&self) -> &BTreeSet<Sym> {
        &self.closers
    }

    pub fn openers(&self) -> &BTreeSet<Sym> {
        &self.openers
    }

    /// Sets what follows from the places.
    pub fn derive(&mut self) {
        let mut near: BTreeMap<(Sym, Sym, Sym), Kinds> = BTreeMap::new();
        let mut seps: BTreeMap<Sym, usize> = BTreeMap::new();
        self.clauses = BTreeSet::new();
        for (place, kinds) in self.exact.iter().filter(|(_, kinds)| kinds.0 != 0) {
            let entry = near.entry(place.near()).or_default();
            *entry = entry.with(*kinds);
            *seps.entry(place.sep).or_default() += 1;
            if place.sep == Sym::NONE {
                self.clauses.insert((place.kind, place.near().0));
            }
        }
        self.near = near;
        self.universal = seps.into_iter().filter(|&(sep, n)| n >= 2 && sep != Sym::NONE).map(|(sep, _)| sep).collect();
    }

    fn bracketed(&self, place: &Place) -> bool {
        place.before.last().is_some_and(|s| self.openers.contains(s)) && self.closers.contains(&place.after)
    }

    fn folded(&self, place: &Place, own: Kinds) -> Kinds {
        if let Some(&kinds) = self.exact.get(place) {
            return if kinds.0 == 0 { kinds } else { kinds.with(own) };
        }
        match self.near.get(&place.near()) {
            Some(&kinds) if !place.infix() => kinds.with(own),
            _ if place.sep == Sym::NONE && self.clauses.contains(&(place.kind, place.near().0)) => own,
            _ if self.universal.contains(&place.sep) && listed(place, own) => own,
            _ if self.universal.contains(&place.sep) && self.bracketed(place) => own,
            _ => Kinds::default(),
        }
    }

    /// Runs that were never seen, in place of the single pieces of a template.
    pub fn longer(&self, kind: Kind, items: &[Item]) -> Vec<Vec<Item>> {
        let mut out = Vec::new();
        let mut before: Vec<Sym> = Vec::new();
        for (i, item) in items.iter().enumerate() {
            match *item {
                Item::Run { sep, .. } => before.extend([Sym::hole(Kind::Part), sep.unwrap_or(Sym::NONE)]),
                Item::One(sym) => {
                    let after = match items.get(i + 1) {
                        Some(Item::One(next)) => *next,
                        Some(Item::Run { .. }) => Sym::NONE,
                        None => Sym::EDGE,
                    };
                    let seps = std::iter::once(Sym::NONE).chain(self.universal.iter().copied());
                    for sep in seps.filter(|_| after != Sym::NONE && items.len() > 1) {
                        let place = Place { kind, before: before.clone(), sep, after };
                        let Some(own) = sym.as_hole().filter(|&k| loose(Some(k)) && (k == Kind::Part || sep != Sym::NONE)) else {
                            continue;
                        };
                        let kinds = self.folded(&place, Kinds::of(own));
                        if kinds.has(own) {
                            let run = Item::Run {
                                unit: kinds.each().map(Sym::hole).next().unwrap_or(sym),
                                kinds,
                                sep: Some(sep).filter(|&s| s != Sym::NONE),
                            };
                            out.push(items[..i].iter().copied().chain([run]).chain(items[i + 1..].iter().copied()).collect());
                        }
                    }
                    before.push(sym);
                }
            }
        }
        out
    }

    /// The items of a piece, and how many pieces fill each hole.
    pub fn items(&self, kind: Kind, syms: &[Sym], alphabet: &Alphabet) -> (Vec<Item>, Vec<usize>) {
        if kind == Kind::Block {
            let holes = syms.iter().filter(|s| s.as_hole().is_some()).count();
            let run = Item::Run { unit: Sym::hole(Kind::Stmt), kinds: Kinds::of(Kind::Stmt), sep: None };
            return (vec![run], vec![holes]);
        }
        if syms.len() > 1 && syms.iter().all(|s| s.as_hole().is_none()) && alphabet.is_shape(syms[0]) {
            return (leaf_run(syms, alphabet), Vec::new());
        }
        let stretches = stretches(syms, self);
        let mut items = Vec::with_capacity(stretches.len());
        let mut counts = Vec::new();
        for (place, stretch) in places(kind, syms, &stretches).into_iter().zip(&stretches) {
            let kinds = place.map_or(Kinds::default(), |place| self.folded(&place, stretch.kinds));
            if kinds.0 != 0 {
                let unit = kinds.each().map(Sym::hole).next().unwrap_or(Sym::NONE);
                items.push(Item::Run { unit, kinds, sep: stretch.sep });
                counts.push(stretch.count);
                continue;
            }
            for &sym in &syms[stretch.from..stretch.to] {
                items.push(Item::One(sym));
                counts.extend(sym.as_hole().map(|_| 1));
            }
        }
        (items, counts)
    }
}

/// Leaves of several tokens: names with marks between, quoted texts side by side.
fn leaf_run(syms: &[Sym], alphabet: &Alphabet) -> Vec<Item> {
    let alike = |a: Sym, b: Sym| a == b || alphabet.is_quoted(a) && alphabet.is_quoted(b);
    let unit = if alphabet.is_quoted(syms[0]) { Sym(Sym::FREE) } else { syms[0] };
    if syms.iter().all(|&s| alike(s, syms[0])) {
        return vec![Item::Run { unit, kinds: Kinds::default(), sep: None }];
    }
    let odd =
        syms.len() % 2 == 1 && syms.iter().enumerate().all(|(i, &s)| if i % 2 == 0 { alike(s, syms[0]) } else { s == syms[1] });
    if odd {
        return vec![Item::Run { unit, kinds: Kinds::default(), sep: Some(syms[1]) }];
    }
    syms.iter().map(|&s| Item::One(s)).collect()
}
