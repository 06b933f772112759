//! Runs a program: each form of the core language, over the steps that come next.

use mimus_core::{Code, Datum, Kind, Shape, SignalKind, Symbol, Tree};
use mimus_knowledge::Role;
use mimus_trace::End;

use super::context::{Ctx, Rest};
use super::exit::{Exit, Jump, Ran};
use super::findings::{OpResult, V};
use super::run::{Item, Run};

impl Run<'_> {
    #[allow(clippy::too_many_lines)]
    pub fn exec(&mut self, code: &Code, ctx: &Ctx) -> Ran {
        self.burn()?;
        match code {
            Code::Const(datum) => Ok(V::Known(self.world.intern(datum.clone()))),
            Code::It => self.it.ok_or(Exit::Bad),
            Code::Val(i) => {
                let path = ctx.path(*i, 0);
                self.values.iter().find(|(known, _)| *known == path).map(|(_, v)| *v).ok_or(Exit::Bad)
            }
            Code::In => ctx.incoming.ok_or(Exit::Bad),
            Code::Caught => self.caught.ok_or(Exit::Bad),
            Code::OwnText => Ok(self.text(ctx.tree.text(self.source))),
            Code::Word(i) => Ok(self.text(ctx.word(*i, self.source)?.as_str())),
            Code::Load => self.load(ctx),
            Code::Get(i) => self.get(ctx.word(*i, self.source)?),
            Code::Slot(i) => match ctx.piece(*i)?.form.kind {
                Kind::Expr | Kind::Stmt | Kind::Block => self.step(&ctx.path(*i, 0)),
                Kind::Name | Kind::Part => Err(Exit::Bad),
            },
            Code::Every(i) => self.every(*i, ctx),
            Code::Store(i, inner) => {
                let v = self.exec(inner, ctx)?;
                for (j, tree) in ctx.pieces(*i)?.iter().enumerate() {
                    self.store(tree, &ctx.path(*i, j), v)?;
                }
                Ok(v)
            }
            Code::Spread(slots) => self.spread(slots, ctx),
            Code::Forget(i) => {
                for tree in ctx.pieces(*i)? {
                    if tree.form.kind != Kind::Name {
                        return Err(Exit::Bad);
                    }
                    self.put(Symbol::new(tree.text(self.source)), None);
                }
                Ok(V::NONE)
            }
            Code::Seq(two) => {
                self.exec(&two[0], ctx)?;
                self.exec(&two[1], ctx)
            }
            Code::If(three) => {
                let tested = self.exec(&three[0], ctx)?;
                let hint = self.hint(&three[1], &three[2], ctx);
                let truth = self.truth(tested, hint)?;
                self.it = Some(tested);
                self.exec(if truth { &three[1] } else { &three[2] }, ctx)
            }
            Code::While(two) => self.repeat_while(two, ctx),
            Code::Until(two) => self.repeat_until(two, ctx),
            Code::Each(i, two) => self.each(*i, two, ctx),
            Code::New(class, shape, inner) => Ok(V::Fresh(self.gather(*class, *shape, inner, ctx)?)),
            Code::Push(inner) => {
                let v = self.exec(inner, ctx)?;
                self.collect(Item::One(v))?;
                Ok(v)
            }
            Code::PushAll(inner) => {
                let v = self.exec(inner, ctx)?;
                self.collect(Item::All(v))?;
                Ok(v)
            }
            Code::PushEntry(two) => {
                let k = self.exec(&two[0], ctx)?;
                let v = self.exec(&two[1], ctx)?;
                self.collect(Item::Entry(k, v))?;
                Ok(v)
            }
            Code::PushNamed(i, inner) => {
                let v = self.exec(inner, ctx)?;
                self.collect(Item::Named(ctx.word(*i, self.source)?, v))?;
                Ok(v)
            }
            Code::Nest(slot, body) => self.clause(&Rest { around: ctx, slot: *slot, next: 0, body }),
            Code::Rest => self.clause(ctx.rest.ok_or(Exit::Bad)?),
            Code::Signal(kind, inner) => {
                let v = self.exec(inner, ctx)?;
                let v = if *kind == SignalKind::Error { self.error(v) } else { v };
                Err(Exit::Signal(ctx.jump(*kind), v))
            }
            Code::Catch(kind, inner) => match self.exec(inner, ctx) {
                Err(Exit::Signal(jump, v)) if jump == ctx.jump(*kind) => Ok(v),
                other => other,
            },
            Code::CatchElse(kind, two) => match self.exec(&two[0], ctx) {
                Err(Exit::Signal(jump, v)) if jump == ctx.jump(*kind) => Ok(v),
                Ok(_) => self.exec(&two[1], ctx),
                other => other,
            },
            Code::Handle(two) => match self.exec(&two[0], ctx) {
                Err(Exit::Signal(Jump::Error, error)) => self.handle(error, &two[1], ctx),
                other => other,
            },
            Code::HandleElse(three) => match self.exec(&three[0], ctx) {
                Err(Exit::Signal(Jump::Error, error)) => self.handle(error, &three[1], ctx),
                Ok(_) => self.exec(&three[2], ctx),
                other => other,
            },
            Code::Again => Err(Exit::Signal(Jump::Error, self.caught.ok_or(Exit::Bad)?)),
            Code::After(two) => {
                let first = self.exec(&two[0], ctx);
                if matches!(first, Ok(_) | Err(Exit::Signal(..))) {
                    self.exec(&two[1], ctx)?;
                }
                first
            }
            Code::Settle(three) => self.settle(three, ctx),
            Code::Op(key, inner) => {
                let args = inner.iter().map(|arg| self.exec(arg, ctx)).collect::<Ran<_>>()?;
                self.operate(*key, args, vec![])
            }
            Code::Closure(params, ..) => self.closure(*params, ctx),
            Code::Call(two) => self.call(two, ctx),
            Code::Scope(inner) => self.exec(inner, ctx),
            Code::Own(named, two) => self.own(*named, two, ctx),
            Code::Declare(_, outermost) => {
                if self.episode.declares.is_some_and(|seen| seen != *outermost) {
                    return Err(Exit::Bad);
                }
                self.declared = true;
                Ok(V::NONE)
            }
            Code::Suspend(class, inner) => {
                let v = self.exec(inner, ctx)?;
                self.give(*class, v)
            }
            Code::SuspendAll(class, inner) => {
                let v = self.exec(inner, ctx)?;
                self.give_all(*class, v)
            }
            Code::Take(_) | Code::TakeOr(..) | Code::TakeRest(..) | Code::TakeNamed(..) | Code::OnlyNamed | Code::OnlyPlaced => {
                Err(Exit::Bad)
            }
        }
    }

    /// Takes the next step, which has to stand there.
    pub fn step(&mut self, path: &[(u8, u16)]) -> Ran {
        let Some(step) = self.next() else { return Err(Exit::Bad) };
        if step.path != path || step.body_of.is_some() {
            return Err(Exit::Bad);
        }
        self.position += 1;
        for (name, value) in &step.binds {
            let Some(i) = self.pending.iter().position(|p| p.name == *name) else { return Err(Exit::Bad) };
            let fits = self.pending[i].value.is_some_and(|stored| self.unify(stored, *value));
            if !fits {
                return Err(Exit::Bad);
            }
            self.pending[i].reported = true;
        }
        self.now = step.ended;
        let value = V::Known(step.value);
        match step.end {
            End::Normal => {
                self.it = Some(value);
                self.values.retain(|(known, _)| known != path);
                self.values.push((path.to_vec(), value));
                Ok(value)
            }
            End::Left => Err(Exit::Signal(Jump::Kind(step.jump.ok_or(Exit::Bad)?), value)),
            End::Raised => Err(Exit::Signal(Jump::Error, value)),
            End::Suspended => Err(Exit::Bad),
        }
    }

    fn part(&mut self, tree: &Tree, path: &[(u8, u16)], role: Role, incoming: Option<V>, rest: Option<&Rest>) -> Ran {
        let Some(code) = self.laws.parts.get(&(tree.form, role)).cloned() else {
            return Err(Exit::Needs(tree.form, role, tree.clone()));
        };
        self.exec(&code, &Ctx { tree, prefix: path, incoming, rest })
    }

    pub fn store(&mut self, tree: &Tree, path: &[(u8, u16)], v: V) -> Ran<()> {
        match tree.form.kind {
            Kind::Name => {
                self.put(Symbol::new(tree.text(self.source)), Some(v));
                Ok(())
            }
            Kind::Part => self.part(tree, path, Role::Target, Some(v), None).map(|_| ()),
            _ => Err(Exit::Bad),
        }
    }

    /// Runs a program that pushes into a new collection.
    pub fn gather(&mut self, class: Symbol, shape: Shape, code: &Code, ctx: &Ctx) -> Ran<usize> {
        let new = self.new_collection(class, shape, vec![]);
        self.open.push(new);
        let ran = self.exec(code, ctx);
        self.open.pop();
        ran.map(|_| new)
    }

    /// Runs what handles an error.
    fn handle(&mut self, error: V, handler: &Code, ctx: &Ctx) -> Ran {
        let before = self.caught.replace(error);
        let ran = self.exec(handler, ctx);
        self.caught = before;
        ran
    }

    fn every(&mut self, slot: u8, ctx: &Ctx) -> Ran {
        for (j, tree) in ctx.pieces(slot)?.iter().enumerate() {
            let path = ctx.path(slot, j);
            match tree.form.kind {
                Kind::Part => {
                    self.part(tree, &path, Role::Element, None, None)?;
                }
                Kind::Expr => {
                    let v = self.step(&path)?;
                    if !self.open.is_empty() {
                        self.collect(Item::One(v))?;
                    }
                }
                Kind::Stmt | Kind::Block => {
                    self.step(&path)?;
                }
                Kind::Name => return Err(Exit::Bad),
            }
        }
        Ok(self.it.unwrap_or(V::NONE))
    }

    fn clause(&mut self, rest: &Rest) -> Ran {
        let around = rest.around;
        let Some(tree) = around.pieces(rest.slot)?.get(rest.next) else {
            return self.exec(rest.body, around);
        };
        if tree.form.kind != Kind::Part {
            return Err(Exit::Bad);
        }
        let path = around.path(rest.slot, rest.next);
        let inner = Rest { around, slot: rest.slot, next: rest.next + 1, body: rest.body };
        self.part(tree, &path, Role::Clause, None, Some(&inner))
    }

    /// What the construct's own text is bound to; a word that is not bound stands for what was seen.
    fn load(&mut self, ctx: &Ctx) -> Ran {
        let word = Symbol::new(ctx.tree.text(self.source));
        if let Some(v) = self.episode.named(word) {
            return Ok(V::Known(v));
        }
        if self.may_raise() {
            let text = self.text(word.as_str());
            return Err(self.raised(Symbol::new("unbound"), vec![text], vec![]));
        }
        self.findings.words.push((word, self.episode.value));
        Ok(V::Known(self.episode.value))
    }

    fn get(&mut self, word: Symbol) -> Ran {
        if let Some(v) = self.pending.iter().find(|p| p.name == word).and_then(|p| p.value) {
            return Ok(v);
        }
        if let Some(v) = self.episode.named(word) {
            return Ok(V::Known(v));
        }
        if !self.may_raise() {
            return Err(Exit::Bad);
        }
        let text = self.text(word.as_str());
        self.operate(Symbol::new("unbound"), vec![text], vec![])
    }

    /// What is raised. A class of errors in place of an error: one is made without operands.
    fn error(&mut self, v: V) -> V {
        let V::Known(class) = v else { return v };
        if self.world.is_made_of_frame(class) {
            let made = self.new_var();
            self.log(Symbol::new(mimus_core::CALL), vec![v], OpResult::Gave(made));
            return made;
        }
        let Datum::Atom(name) = self.world.raw(class) else { return v };
        let key = Symbol::new(&format!("@{name}"));
        let made = self.new_var();
        self.log(key, vec![], OpResult::Gave(made));
        made
    }

    /// Makes a function; what its parameters evaluate runs now.
    fn closure(&mut self, params: Option<u8>, ctx: &Ctx) -> Ran {
        if let Some(params) = params {
            // In any order: what parameters default to may come before what is noted of them.
            let is_of = |path: &[(u8, u16)]| {
                path.strip_prefix(ctx.prefix).and_then(<[_]>::first).is_some_and(|(slot, _)| *slot == params)
            };
            while let Some(step) = self.next().filter(|step| is_of(&step.path)) {
                self.step(&step.path)?;
            }
        }
        Ok(self.episode.made.map_or(V::Function, V::Known))
    }
}
