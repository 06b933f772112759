//! What is begun, and settled afterwards however what runs between ends.

use mimus_core::Code;
use mimus_trace::End;

use super::context::Ctx;
use super::exit::{Exit, Jump, Ran};
use super::findings::V;
use super::run::Run;
use crate::episode::Step;

impl<'a> Run<'a> {
    pub fn settle(&mut self, three: &[Code; 3], ctx: &Ctx) -> Ran {
        let given = self.exec(&three[0], ctx)?;
        self.pass_inner();
        let inside = Ctx { incoming: Some(given), ..*ctx };
        let ran = self.exec(&three[1], &inside);
        let error = match &ran {
            Ok(_) | Err(Exit::Signal(Jump::Kind(_), _)) => None,
            Err(Exit::Signal(Jump::Error, error)) => Some(*error),
            Err(_) => return ran,
        };
        let before = self.caught.replace(error.unwrap_or(V::NONE));
        let closed = self.exec(&three[2], ctx);
        self.caught = before;
        let body = self.pass_inner();
        let closed = closed?;
        // What ran meanwhile gave what settling gave.
        if let Some(body) = body.filter(|body| matches!(body.end, End::Normal | End::Left) && body.fills.is_none())
            && !self.unify(closed, body.value)
        {
            return Err(Exit::Bad);
        }
        match error {
            Some(_) if self.truth(closed, None)? => Ok(V::NONE),
            _ => ran,
        }
    }

    /// Goes past the end of a function's body that ran since the last step, and before the next one.
    fn pass_inner(&mut self) -> Option<&'a Step> {
        let episode = self.episode;
        let until = self.next().map_or(episode.ended, |step| step.began);
        let body = episode.inner.iter().find(|step| step.began >= self.now && step.began < until)?;
        self.now = body.ended;
        Some(body)
    }
}
