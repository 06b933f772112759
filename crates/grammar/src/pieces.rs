//! A program's spans as a tree of pieces, before anything is known of tokens.

use mimus_trace::Program;

use crate::ShapeError;

/// Children and free text of each span.
pub(crate) struct Pieces<'p> {
    pub program: &'p Program,
    pub children: Vec<Vec<usize>>,
}

impl<'p> Pieces<'p> {
    pub fn new(program: &'p Program) -> Result<Self, ShapeError> {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); program.spans.len()];
        for (i, span) in program.spans.iter().enumerate().skip(1) {
            let Some(parent) = span.parent else {
                return Err(ShapeError::at(span.start..span.end, "a second span without parent"));
            };
            if span.start == span.end && span.kind != mimus_core::Kind::Block {
                continue;
            }
            if let Some(&last) = children[parent].last()
                && program.spans[last].end > span.start
            {
                return Err(ShapeError::at(span.start..span.end, "spans of one parent are out of order or cross"));
            }
            children[parent].push(i);
        }
        if program.spans.is_empty() {
            return Err(ShapeError::at(0..0, "no spans"));
        }
        Ok(Self { program, children })
    }

    pub fn source(&self) -> &'p str {
        &self.program.source
    }

    pub fn is_leaf(&self, span: usize) -> bool {
        self.children[span].is_empty()
    }

    pub fn text(&self, span: usize) -> &'p str {
        &self.program.source[self.program.spans[span].start..self.program.spans[span].end]
    }

    /// The stretches of a span that no child covers, with the child that follows each.
    pub fn residual(&self, span: usize) -> Vec<(usize, usize, Option<usize>)> {
        let whole = &self.program.spans[span];
        let mut at = whole.start;
        let mut out = Vec::with_capacity(self.children[span].len() + 1);
        for &child in &self.children[span] {
            out.push((at, self.program.spans[child].start, Some(child)));
            at = self.program.spans[child].end;
        }
        out.push((at, whole.end, None));
        out
    }
}
