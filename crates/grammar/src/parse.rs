//! Tokens to pieces: a beam of partly read templates, weighed by the model.
//!
//! A frame is a template that has been read up to some state; frames hang on the frame whose hole they will fill. Each token moves
//! every reading of the beam on: a finished piece fills the hole below it or becomes the first piece of a larger one, whichever
//! way the token can be taken. A frame is charged from its beginning for the best way in which it can still fill its hole, so
//! that readings can be compared at any time.

use mimus_core::Kind;

use crate::automaton::{NONE, STATEMENT};
use crate::lexer::Token;
use crate::model::{Model, NEVER};
use crate::sym::Sym;

/// A piece that was read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub kind: Kind,
    pub form: u32,
    pub start: u32,
    pub end: u32,
    kids: u32,
    pub ends_block: bool,
    depth: u32,
    /// For statements: probability of this reading against others, and the doubt (a logarithm) that nestings leave which were
    /// never seen.
    pub share: f32,
    pub novel: f32,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    piece: u32,
    next: u32,
    /// How many pieces the list has, and how deep the deepest of them is.
    count: u32,
    deep: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// In a template.
    State(u32),
    /// In a block: what the block is, and where in it.
    Block(Flavour, Step),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flavour {
    Root,
    Deeper,
    Inline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Begin,
    Statement,
    Separator,
    End,
}

#[derive(Clone, Copy, Debug)]
struct Frame {
    at: At,
    below: u32,
    kids: u32,
    start: u32,
    slot: u32,
    bound: f64,
    last_slot: u32,
    /// Token behind the last thing read, when that was a piece that ends with a block.
    block_end: u32,
    depth: u32,
}

#[derive(Clone, Copy, Debug)]
struct Config {
    frame: u32,
    score: f64,
    novel: f32,
}

/// A piece that could not be read.
#[derive(Clone, Debug)]
pub(crate) struct Unread {
    pub tokens: std::ops::Range<usize>,
    /// The token at which reading stopped.
    pub stuck: usize,
}

/// What came out.
pub(crate) struct Parsed {
    pub pieces: Vec<Piece>,
    links: Vec<Link>,
    pub root: u32,
    pub unread: Vec<Unread>,
}

impl Parsed {
    /// Children in order.
    pub fn kids(&self, piece: u32) -> Vec<u32> {
        let mut out = Vec::new();
        let mut at = self.pieces[piece as usize].kids;
        while at != NONE {
            out.push(self.links[at as usize].piece);
            at = self.links[at as usize].next;
        }
        out.reverse();
        out
    }
}

/// Readings this much less likely than the best (a logarithm) are dropped.
const BEAM: f64 = 16.0;
/// And so are those behind this many better ones.
const WIDTH: usize = 40;
/// The doubt that a choice leaves which was never seen.
const GUESS: f32 = 0.1;
/// Pieces behind this many of the same run are weighed alike in all runs.
const LATE: u32 = 4;
/// The weight of a second way to read the same.
const TWICE: f64 = -6.0;
/// The weight of a line end within a statement that could have ended there.
const BROKEN_LINE: f64 = -4.0;

enum Task {
    Drive(Frame, f64, f32, u32),
    Fill { piece: u32, below: u32, slot: u32, bound: f64, score: f64, novel: f32, popped: u32 },
}

struct Reader<'m> {
    model: &'m Model,
    tokens: &'m [Token],
    pieces: Vec<Piece>,
    links: Vec<Link>,
    frames: Vec<Frame>,
    /// Open places that ended since the last token, as lists.
    popped: Vec<(u32, u32)>,
    tasks: Vec<Task>,
    next: Vec<Config>,
    best: f64,
    /// Readings of the whole: weight, surprise, the root.
    finished: Vec<(f64, f32, u32)>,
}

/// Reads all tokens.
pub(crate) fn parse(model: &Model, tokens: &[Token]) -> Parsed {
    let mut reader = Reader {
        model,
        tokens,
        pieces: Vec::with_capacity(tokens.len() * 4),
        links: Vec::with_capacity(tokens.len() * 4),
        frames: Vec::with_capacity(tokens.len() * 4),
        popped: Vec::new(),
        tasks: Vec::new(),
        next: Vec::new(),
        best: f64::NEG_INFINITY,
        finished: Vec::new(),
    };
    let (root, unread) = reader.run();
    Parsed { pieces: reader.pieces, links: reader.links, root, unread }
}

impl Reader<'_> {
    fn run(&mut self) -> (u32, Vec<Unread>) {
        self.frames.push(Frame {
            at: At::Block(Flavour::Root, Step::Begin),
            below: NONE,
            kids: NONE,
            start: 0,
            slot: NONE,
            bound: 0.0,
            last_slot: NONE,
            block_end: NONE,
            depth: 0,
        });
        let mut beam = vec![Config { frame: 0, score: 0.0, novel: 0.0 }];
        // Places where a statement was about to begin: token, reading.
        let mut begins: Vec<(usize, Config)> = vec![(0, beam[0])];
        let mut unread = Vec::new();
        let mut i = 0;
        loop {
            self.step(&beam, i);
            if let Some(root) = self.conclude() {
                return (root, unread);
            }
            if self.next.is_empty() {
                let (config, at) = self.recover(&mut begins, i, &mut unread);
                beam = vec![config];
                i = at;
                continue;
            }
            std::mem::swap(&mut beam, &mut self.next);
            i += 1;
            self.prune(&mut beam, i);
            let top = beam.iter().filter(|c| self.begins_statement(c.frame)).max_by(|a, b| a.score.total_cmp(&b.score));
            if let Some(config) = top {
                let depth = self.frames[config.frame as usize].depth;
                begins.retain(|b| self.frames[b.1.frame as usize].depth < depth);
                begins.push((i, *config));
            }
        }
    }

    /// The best reading of the whole, when the end was reached.
    fn conclude(&mut self) -> Option<u32> {
        let &(best, novel, root) = self.finished.iter().max_by(|a, b| a.0.total_cmp(&b.0))?;
        let mass: f64 = self.finished.iter().map(|f| (f.0 - best).exp()).sum();
        self.note(self.pieces[root as usize].kids, mass, novel);
        Some(root)
    }

    /// Writes down how sure the last of these statements is.
    fn note(&mut self, statements: u32, mass: f64, novel: f32) {
        if let Some(link) = self.links.get(statements as usize) {
            let piece = &mut self.pieces[link.piece as usize];
            piece.share = piece.share.min((1.0 / mass) as f32);
            piece.novel = piece.novel.max(novel);
        }
    }

    fn begins_statement(&self, frame: u32) -> bool {
        matches!(self.frames[frame as usize].at, At::Block(_, Step::Begin | Step::Separator))
    }

    /// Keeps the best readings, and only the best of those that differ in finished statements alone.
    fn prune(&mut self, beam: &mut Vec<Config>, i: usize) {
        let _ = i;
        beam.sort_by(|a, b| b.score.total_cmp(&a.score));
        let Some(best) = beam.first().map(|c| c.score) else { return };
        beam.retain(|c| c.score > best - BEAM);
        if beam.len() > 1 || beam.first().is_some_and(|c| self.begins_statement(c.frame)) {
            let mut kept: Vec<(Config, f64)> = Vec::with_capacity(beam.len());
            for config in beam.iter() {
                let frame = self.frames[config.frame as usize];
                let twin = kept.iter_mut().find(|(other, _)| {
                    let other = self.frames[other.frame as usize];
                    matches!(frame.at, At::Block(..))
                        && other.at == frame.at
                        && other.below == frame.below
                        && other.start == frame.start
                });
                match twin {
                    Some((other, mass)) => *mass += (config.score - other.score).exp(),
                    None => kept.push((*config, 1.0)),
                }
            }
            *beam = kept.iter().map(|k| k.0).collect();
            for (config, mass) in &mut kept {
                let frame = self.frames[config.frame as usize];
                if let At::Block(_, Step::Separator | Step::End) = frame.at {
                    self.note(frame.kids, *mass, config.novel);
                }
            }
            for config in beam.iter_mut() {
                if let At::Block(_, Step::Separator | Step::End) = self.frames[config.frame as usize].at {
                    config.novel = 0.0;
                }
            }
        }
        beam.truncate(WIDTH);
    }

    /// Moves all readings over token `i`, or to the end.
    fn step(&mut self, beam: &[Config], i: usize) {
        self.next.clear();
        self.best = f64::NEG_INFINITY;
        self.popped.clear();
        for config in beam {
            self.tasks.push(Task::Drive(self.frames[config.frame as usize], config.score, config.novel, NONE));
            while let Some(task) = self.tasks.pop() {
                match task {
                    Task::Drive(frame, score, novel, popped) => self.drive(frame, score, novel, popped, i),
                    Task::Fill { piece, below, slot, bound, score, novel, popped } => {
                        self.fill(piece, below, slot, bound, score, novel, popped, i);
                    }
                }
            }
        }
    }

    fn emit(&mut self, frame: Frame, score: f64, novel: f32) {
        if score <= self.best - BEAM || score < -1e15 || frame.depth as usize > crate::DEEPEST {
            return;
        }
        self.best = self.best.max(score);
        self.frames.push(frame);
        self.next.push(Config { frame: self.frames.len() as u32 - 1, score, novel });
    }

    fn word(&self, token: &Token, as_leaf: bool) -> f64 {
        if token.word == Sym::NONE {
            return 0.0;
        }
        match self.model.word_weight.get(&token.word) {
            Some(&(leaf, own)) => {
                if as_leaf {
                    leaf
                } else {
                    own
                }
            }
            None => 0.0,
        }
    }

    /// The top frame has read everything before token `i`: finds all ways to read that.
    fn drive(&mut self, frame: Frame, score: f64, novel: f32, popped: u32, i: usize) {
        if score <= self.best - BEAM {
            return;
        }
        match frame.at {
            At::Block(flavour, step) => self.drive_block(frame, flavour, step, score, novel, popped, i),
            At::State(state) => self.drive_state(frame, state, score, novel, popped, i),
        }
    }

    fn drive_state(&mut self, frame: Frame, state: u32, score: f64, novel: f32, popped: u32, i: usize) {
        let model = self.model;
        let info = &model.automaton.states[state as usize];
        if let Some(&token) = self.tokens.get(i) {
            for &(sym, to) in &info.edges {
                let weight = match () {
                    () if sym == token.word && token.word != Sym::NONE => self.word(&token, false),
                    () if sym == token.shape && token.shape != Sym::NONE => self.word(&token, true),
                    () => continue,
                };
                self.advance(frame, to, score + weight, novel);
            }
            if let Some(edges) = model.chains.get(&state) {
                for &(sym, to) in edges.iter().filter(|e| e.0 == token.word && token.word != Sym::NONE) {
                    // Where the chain was seen as it is, that way is enough.
                    let twice = if info.edges.iter().any(|e| e.0 == sym) { TWICE } else { 0.0 };
                    let weight = self.word(&token, false) + model.chain_weight + twice;
                    self.advance(frame, to, score + weight, novel);
                }
            }
            if !info.holes.is_empty() {
                self.open_hole(frame, state, &token, score, novel, i);
            }
            if token.shape == Sym::NEWLINE && !info.edges.is_empty() | !info.holes.is_empty() {
                let final_ = info.form != NONE;
                let weight = match () {
                    () if frame.block_end == i as u32 => Some(0.0),
                    () if model.indented() => None,
                    () if final_ => Some(BROKEN_LINE),
                    () => Some(0.0),
                };
                if let Some(weight) = weight {
                    self.emit(Frame { block_end: NONE, ..frame }, score + weight, novel);
                }
            }
        }
        for &(exit, weight) in &info.exits {
            self.tasks.push(Task::Drive(Frame { at: At::State(exit), ..frame }, score + weight, novel, popped));
        }
        if info.form != NONE {
            self.finish(frame, info.form, score, novel, popped, i);
        }
    }

    /// The frame has taken a token and is at `to`.
    fn advance(&mut self, frame: Frame, to: u32, score: f64, novel: f32) {
        let bound = self.model.bound(frame.slot, to);
        if bound <= NEVER {
            return;
        }
        let score = score + bound - frame.bound;
        self.emit(Frame { at: At::State(to), bound, last_slot: NONE, block_end: NONE, ..frame }, score, novel);
    }

    fn open_hole(&mut self, frame: Frame, state: u32, token: &Token, score: f64, novel: f32, i: usize) {
        let model = self.model;
        let info = &model.automaton.states[state as usize];
        if info.holes.iter().any(|h| h.0 == Kind::Block) {
            let deeper = token.shape == Sym::INDENT;
            if model.empty_blocks && !deeper {
                let piece = self.piece(Kind::Block, NONE, i as u32, i as u32, NONE);
                let below = self.keep(frame);
                self.tasks.push(Task::Fill { piece, below, slot: NONE, bound: 0.0, score: score - 2.0, novel, popped: NONE });
            }
            let flavour = if deeper { Flavour::Deeper } else { Flavour::Inline };
            let below = self.keep(frame);
            let block = Frame {
                at: At::Block(flavour, Step::Begin),
                below,
                kids: NONE,
                start: i as u32,
                slot: NONE,
                bound: 0.0,
                last_slot: NONE,
                block_end: NONE,
                depth: frame.depth + 1,
            };
            if deeper {
                self.emit(block, score, novel);
            } else if !token.shape.is_layout() || token.shape == Sym::NEWLINE && !model.indented() {
                self.tasks.push(Task::Drive(block, score, novel, NONE));
            }
        }
        if info.slot != NONE {
            self.start(frame, info.slot, token, score, novel, i);
        }
    }

    fn keep(&mut self, frame: Frame) -> u32 {
        self.frames.push(frame);
        self.frames.len() as u32 - 1
    }

    /// Begins all pieces that the token can begin, in a slot of the frame.
    fn start(&mut self, frame: Frame, slot: u32, token: &Token, score: f64, novel: f32, i: usize) {
        let model = self.model;
        let mut below = NONE;
        for sym in [token.word, token.shape] {
            if sym == Sym::NONE {
                continue;
            }
            let Some(starts) = model.automaton.starts.get(&sym) else { continue };
            // A template's word that may stand alone has its own form.
            let weight = self.word(token, sym == token.shape && !sym.is_layout());
            for &state in starts {
                let bound = model.bound(slot, state);
                if bound <= NEVER || score + weight + bound <= self.best - BEAM {
                    continue;
                }
                if below == NONE {
                    below = self.keep(frame);
                }
                let frame = Frame {
                    at: At::State(state),
                    below,
                    kids: NONE,
                    start: i as u32,
                    slot,
                    bound,
                    last_slot: NONE,
                    block_end: NONE,
                    depth: frame.depth + 1,
                };
                self.emit(frame, score + weight + bound, novel);
            }
        }
    }

    fn piece(&mut self, kind: Kind, form: u32, start: u32, end: u32, kids: u32) -> u32 {
        let last = self.links.get(kids as usize).map(|l| self.pieces[l.piece as usize]);
        let block = kind == Kind::Block && end > start && self.model.indented();
        let ends_block = block || last.is_some_and(|last| last.ends_block && last.end == end);
        let depth = self.links.get(kids as usize).map_or(0, |l| l.deep + 1);
        self.pieces.push(Piece { kind, form, start, end, kids, ends_block, depth, share: 1.0, novel: 0.0 });
        self.pieces.len() as u32 - 1
    }

    /// A list of pieces with one more.
    fn link(&mut self, piece: u32, next: u32) -> u32 {
        let (count, deep) = self.links.get(next as usize).map_or((0, 0), |l| (l.count, l.deep));
        let deep = deep.max(self.pieces[piece as usize].depth);
        self.links.push(Link { piece, next, count: count + 1, deep });
        self.links.len() as u32 - 1
    }

    /// The frame's template is complete.
    fn finish(&mut self, frame: Frame, form: u32, score: f64, novel: f32, popped: u32, i: usize) {
        let model = self.model;
        let kind = model.automaton.forms[form as usize].0;
        let end = i as u32;
        // After a template that ended with a token nothing is open.
        let open = frame.last_slot;
        let piece = self.piece(kind, form, frame.start, end, frame.kids);
        if self.pieces[piece as usize].depth as usize > crate::DEEPEST {
            return;
        }
        let mut popped = popped;
        if open != NONE {
            self.popped.push((open, popped));
            popped = self.popped.len() as u32 - 1;
        }
        self.fill(piece, frame.below, frame.slot, frame.bound, score, novel, popped, i);
    }

    /// A finished piece fills the hole below, or begins a larger one.
    #[allow(clippy::too_many_arguments)]
    fn fill(&mut self, piece: u32, below: u32, slot: u32, bound: f64, score: f64, novel: f32, popped: u32, i: usize) {
        let model = self.model;
        let Piece { kind, form, start, ends_block, .. } = self.pieces[piece as usize];
        let under = self.frames[below as usize];
        let kids = self.link(piece, under.kids);
        let block_end = if ends_block { i as u32 } else { NONE };
        // Into the hole.
        let (weight, fresh) = if kind == Kind::Block { (0.0, 0.0) } else { (model.fits(slot, form), model.surprise(slot, form)) };
        // What a long run is does not follow from how many of its pieces are like the others.
        let late = self.links.get(under.kids as usize).is_some_and(|l| l.count >= LATE) && matches!(under.at, At::State(_));
        let weight = if late && kind != Kind::Block && fresh == 0.0 && weight > NEVER { model.anywhere(form) } else { weight };
        if weight > NEVER {
            let score = score + weight - bound;
            match under.at {
                At::Block(flavour, _) => {
                    let frame = Frame { at: At::Block(flavour, Step::Statement), kids, block_end, ..under };
                    if kind == Kind::Stmt {
                        self.tasks.push(Task::Drive(frame, score, novel + fresh, popped));
                    }
                }
                At::State(state) => {
                    for &(hole, to) in &model.automaton.states[state as usize].holes {
                        if hole == kind {
                            let frame = Frame { at: At::State(to), kids, last_slot: slot, block_end, ..under };
                            self.tasks.push(Task::Drive(frame, score, novel + fresh, popped));
                        }
                    }
                }
            }
        }
        if kind == Kind::Block || kind == Kind::Stmt {
            return;
        }
        // As the first piece of something that stands here instead.
        let Some(&token) = self.tokens.get(i) else {
            self.unit(piece, below, slot, bound, score, novel, popped, i, start);
            return;
        };
        let kids = self.link(piece, NONE);
        let frame = |at: u32, bound: f64| Frame {
            at: At::State(at),
            below,
            kids,
            start,
            slot,
            bound,
            last_slot: NONE,
            block_end: NONE,
            depth: under.depth + 1,
        };
        for (sym, as_leaf) in [(token.word, false), (token.shape, true)] {
            if sym == Sym::NONE {
                continue;
            }
            let Some(lefts) = model.automaton.lefts.get(&(kind, sym)) else { continue };
            for &state in lefts {
                let left = model.automaton.states[state as usize].left;
                if left == NONE {
                    continue;
                }
                let inside = model.bound(slot, state);
                let weight = model.fits(left, form);
                if inside <= NEVER || weight <= NEVER {
                    continue;
                }
                let (contest, strange) = self.contest(left, &under, slot, popped);
                let fresh = model.surprise(left, form) + strange;
                let word = if sym.is_layout() { 0.0 } else { self.word(&token, as_leaf) };
                self.emit(frame(state, inside), score - bound + inside + weight + contest + word, novel + fresh);
            }
        }
        for &state in &model.automaton.after[kind as usize] {
            let left = model.automaton.states[state as usize].left_hole;
            if left == NONE {
                continue;
            }
            let inside = model.bound(slot, state);
            let weight = model.fits(left, form);
            let total = score - bound + inside + weight;
            if inside <= NEVER || weight <= NEVER || total <= self.best - BEAM {
                continue;
            }
            let (contest, strange) = self.contest(left, &under, slot, popped);
            let fresh = model.surprise(left, form) + strange;
            let frame = frame(state, inside);
            self.open_first(frame, state, &token, total + contest, novel + fresh, i);
        }
        self.unit(piece, below, slot, bound, score, novel, popped, i, start);
    }

    /// The hole behind a first piece.
    fn open_first(&mut self, frame: Frame, state: u32, token: &Token, score: f64, novel: f32, i: usize) {
        self.open_hole(frame, state, token, score, novel, i);
    }

    /// A piece that is all there is of a larger one.
    #[allow(clippy::too_many_arguments)]
    fn unit(&mut self, piece: u32, below: u32, slot: u32, bound: f64, score: f64, novel: f32, popped: u32, i: usize, start: u32) {
        let model = self.model;
        let Piece { kind, form, .. } = self.pieces[piece as usize];
        for &state in &model.automaton.after[kind as usize] {
            let info = &model.automaton.states[state as usize];
            if info.left_end == NONE || info.form == NONE {
                continue;
            }
            let outer = model.automaton.forms[info.form as usize].0;
            let inside = model.bound(slot, state);
            let weight = model.fits(info.left_end, form);
            if outer == kind || inside <= NEVER || weight <= NEVER {
                continue;
            }
            let kids = self.link(piece, NONE);
            let whole = self.piece(outer, info.form, start, i as u32, kids);
            let fresh = model.surprise(info.left_end, form);
            self.tasks.push(Task::Fill {
                piece: whole,
                below,
                slot,
                bound: inside,
                score: score - bound + inside + weight,
                novel: novel + fresh,
                popped,
            });
        }
    }

    /// The weight of the choice that an operator makes: over everything that ended before it, into what is open below it.
    fn contest(&self, operator: u32, under: &Frame, slot: u32, popped: u32) -> (f64, f32) {
        let model = self.model;
        let mut weight = 0.0;
        let mut strange = 0.0;
        let mut at = popped;
        while let Some(&(open, next)) = self.popped.get(at as usize) {
            if let Some(odds) = model.odds(open, operator) {
                weight -= softplus(-odds);
                strange += f32::from(u8::from(!model.decided(open, operator))) * GUESS;
            }
            at = next;
        }
        if matches!(under.at, At::State(_))
            && slot != NONE
            && model.right_open[slot as usize]
            && let Some(odds) = model.odds(slot, operator)
        {
            weight -= softplus(odds);
            strange += f32::from(u8::from(!model.decided(slot, operator))) * GUESS;
        }
        (weight, strange)
    }

    #[allow(clippy::too_many_arguments)]
    fn drive_block(&mut self, frame: Frame, flavour: Flavour, step: Step, score: f64, novel: f32, popped: u32, i: usize) {
        let model = self.model;
        let token = self.tokens.get(i).copied();
        if step == Step::End {
            return self.close(frame, score, novel, popped, i);
        }
        if let Some(token) = token {
            if flavour == Flavour::Deeper && token.shape == Sym::DEDENT {
                if step != Step::Begin {
                    self.emit(Frame { at: At::Block(flavour, Step::End), ..frame }, score, novel);
                }
                return;
            }
            let separator = if token.shape.is_layout() { token.shape } else { token.word };
            let separates = model.separators.contains(&separator)
                && !(separator == Sym::NEWLINE && flavour == Flavour::Inline && model.indented());
            let blank = separator == Sym::NEWLINE && !model.indented();
            if separates && step != Step::Begin || blank && step != Step::Statement {
                let next = if step == Step::Begin { Step::Begin } else { Step::Separator };
                self.emit(Frame { at: At::Block(flavour, next), ..frame }, score, novel);
            }
            let adjacent = step == Step::Statement && i > 0 && {
                let last = &self.tokens[i - 1];
                [last.word, last.shape].iter().any(|&s| s != Sym::NONE && model.adjacent.get(s.0 as usize) == Some(&true))
            };
            if step != Step::Statement || adjacent {
                self.start(frame, STATEMENT, &token, score, novel, i);
            }
        }
        let closable = step != Step::Begin || model.empty_blocks && frame.kids == NONE;
        match flavour {
            Flavour::Inline if closable && step != Step::Begin => self.close(frame, score, novel, popped, i),
            Flavour::Root if token.is_none() => {
                let piece = self.piece(Kind::Block, NONE, 0, i as u32, frame.kids);
                self.finished.push((score, novel, piece));
            }
            _ => {}
        }
    }

    fn close(&mut self, frame: Frame, score: f64, novel: f32, popped: u32, i: usize) {
        let piece = self.piece(Kind::Block, NONE, frame.start, i as u32, frame.kids);
        if self.pieces[piece as usize].depth as usize > crate::DEEPEST {
            return;
        }
        self.tasks.push(Task::Fill { piece, below: frame.below, slot: NONE, bound: 0.0, score, novel, popped });
    }

    /// No reading is left at token `stuck`: gives up the statement, and goes on behind it.
    fn recover(&mut self, begins: &mut Vec<(usize, Config)>, stuck: usize, unread: &mut Vec<Unread>) -> (Config, usize) {
        loop {
            let (from, config) = if begins.len() > 1 { begins.pop().unwrap_or((0, begins[0].1)) } else { begins[0] };
            let root = self.frames[config.frame as usize].below == NONE;
            let mut to = self.statement_end(from, stuck);
            if root {
                // From the root everything can be skipped: go on until something new is skipped.
                if let Some(last) = unread.last().filter(|u: &&Unread| u.tokens.start == from) {
                    to = self
                        .statement_end(last.tokens.end.max(from), stuck.max(last.tokens.end))
                        .max(last.tokens.end + 1)
                        .min(self.tokens.len());
                    unread.pop();
                }
            } else if to <= from {
                continue;
            }
            let to = to.max((from + 1).min(self.tokens.len()));
            unread.retain(|u| u.tokens.start < from);
            let piece = self.piece(Kind::Stmt, NONE, from as u32, to as u32, NONE);
            unread.push(Unread { tokens: from..to, stuck });
            let under = self.frames[config.frame as usize];
            let At::Block(flavour, _) = under.at else { continue };
            let kids = if from < to { self.link(piece, under.kids) } else { under.kids };
            let block_end = NONE;
            let frame = self.keep(Frame { at: At::Block(flavour, Step::Statement), kids, block_end, ..under });
            if begins.is_empty() || root && begins.len() == 1 {
                begins[0] = (from, config);
            }
            return (Config { frame, score: config.score, novel: 0.0 }, to);
        }
    }

    /// The token behind the statement that begins at `from`.
    fn statement_end(&self, from: usize, stuck: usize) -> usize {
        let mut depth = 0i64;
        let indented = self.model.indented();
        for at in from..self.tokens.len() {
            let token = &self.tokens[at];
            if indented {
                match token.shape {
                    Sym::INDENT => depth += 1,
                    Sym::DEDENT if depth == 0 => return at,
                    Sym::DEDENT => depth -= 1,
                    Sym::NEWLINE if depth == 0 && at >= stuck.max(from + 1) => return at,
                    _ => {}
                }
                continue;
            }
            if self.model.folds.closers().contains(&token.word) {
                if depth == 0 {
                    return at;
                }
                depth -= 1;
            } else if self.model.folds.openers().contains(&token.word) {
                depth += 1;
            }
            let separator = if token.shape.is_layout() { token.shape } else { token.word };
            if depth == 0 && at >= stuck && at > from && self.model.separators.contains(&separator) {
                return at;
            }
        }
        self.tokens.len()
    }
}

fn softplus(x: f64) -> f64 {
    if x > 30.0 { x } else { x.exp().ln_1p() }
}
