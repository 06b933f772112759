//! Texts whose characters are replaced by a table.

use mimus_core::{Datum, Expr, Symbol, Value};

use super::runs::{Runs, Source, occurrences};
use super::{Deduction, call};
use crate::lab::Lab;
use crate::pool::ValueId;

impl Runs<'_> {
    /// A text whose characters are replaced one by one, each always by the same text.
    pub(super) fn rewriting(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let Some(table) = self.table(source, lab) else { continue };
            if table.is_empty() || table.len() > 40 {
                continue;
            }
            let cost = 8 + table.len() * 3;
            let rows = table
                .into_iter()
                .map(|(from, to)| Datum::seq(Symbol::neutral(), vec![Datum::text(&from), Datum::text(&to)]))
                .collect();
            let expr = call("rewrite", vec![source.expr.clone(), Expr::Const(Datum::seq(Symbol::neutral(), rows))]);
            out.push(Deduction::new(vec![], cost, Box::new(move |_| vec![expr.clone()])));
        }
    }

    /// Marks that give the character after them another meaning.
    pub(super) fn decoding(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        let chars = |run: &[ValueId], lab: &Lab| -> Vec<char> {
            run.iter()
                .filter_map(|id| if let Value::Text(t) = lab.engine.pool.get(*id) { t.chars().next() } else { None })
                .collect()
        };
        let cores: Vec<Source> =
            self.sources.iter().filter(|s| s.variable && self.fits(s)).filter_map(|s| self.core(s)).collect();
        for source in self.sources.iter().filter(|s| s.cost <= 2 && self.fits(s)).chain(&cores) {
            let rows = source.runs.iter().zip(&self.wanted);
            let pairs: Vec<(Vec<char>, Vec<char>)> = rows.map(|(run, wanted)| (chars(run, lab), chars(wanted, lab))).collect();
            let Some((mark, table)) = crate::marks::table(&pairs) else { continue };
            let cost = 3 + source.cost + table.len();
            let table = Expr::Const(crate::marks::datum(&table));
            let mark = Expr::Const(Datum::text(mark.encode_utf8(&mut [0; 4])));
            let expr = call("unmark", vec![source.expr.clone(), mark, table]);
            out.push(Deduction { partial: true, ..Deduction::new(vec![], cost, Box::new(move |_| vec![expr.clone()])) });
        }
    }

    /// A source without so many elements at its ends, where that is what many rows want.
    fn core(&self, source: &Source) -> Option<Source> {
        let ends = |(run, wanted): (&Vec<ValueId>, &Vec<ValueId>)| match occurrences(wanted, run)[..] {
            [front] if !wanted.is_empty() => Some((front, run.len() - front - wanted.len())),
            _ => None,
        };
        let all: Vec<(usize, usize)> = source.runs.iter().zip(&self.wanted).filter_map(ends).collect();
        let often = |ends: &(usize, usize)| all.iter().filter(|other| *other == ends).count();
        let (front, back) = *all.iter().max_by_key(|ends| (often(ends), std::cmp::Reverse(**ends)))?;
        if front + back == 0 || often(&(front, back)) * 4 < self.rows.len() {
            return None;
        }
        let inner = |run: &Vec<ValueId>| run.get(front..run.len().checked_sub(back)?).map(<[ValueId]>::to_vec);
        let runs = source.runs.iter().map(inner).collect::<Option<Vec<_>>>()?;
        let int = |n: usize| Expr::Const(Datum::int(n as i64));
        let end = call("subtract", vec![call("length", vec![source.expr.clone()]), int(back)]);
        let expr = call("slice", vec![source.expr.clone(), int(front), end]);
        let size = expr.size();
        Some(Source { expr, text: source.text, runs, size, cost: size, variable: false })
    }

    /// Aligns source and result, shortest rows first: what one character became is known once the rest is.
    fn table(&self, source: &Source, lab: &Lab) -> Option<Vec<(String, String)>> {
        let text = |id: ValueId| if let Value::Text(t) = lab.engine.pool.get(id) { t.to_string() } else { String::new() };
        let mut images: Vec<(ValueId, Vec<ValueId>)> = vec![];
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|i| source.runs[*i].len());
        for _ in 0..2 {
            for i in &order {
                align(&source.runs[*i], &self.wanted[*i], &mut images);
            }
        }
        images.retain(|(from, to)| to.as_slice() != [*from]);
        let mut table: Vec<(String, String)> =
            images.into_iter().map(|(from, to)| (text(from), to.into_iter().map(text).collect())).collect();
        table.sort();
        Some(table)
    }
}

/// Notes the image of the one character that does not stand for itself, where all others do or are known: of several that it may
/// be, the first.
fn align(from: &[ValueId], to: &[ValueId], images: &mut Vec<(ValueId, Vec<ValueId>)>) {
    let made = |odd: Option<(ValueId, &[ValueId])>, images: &[(ValueId, Vec<ValueId>)], from: &[ValueId]| -> Vec<ValueId> {
        let image = |c: ValueId| match odd {
            Some((odd, image)) if odd == c => image.to_vec(),
            _ => images.iter().find(|(known, _)| *known == c).map_or(vec![c], |(_, image)| image.clone()),
        };
        from.iter().flat_map(|c| image(*c)).collect()
    };
    if made(None, images, from) == to {
        // From here on the others are known to stand for themselves.
        let plain: Vec<ValueId> = from.iter().copied().filter(|c| !images.iter().any(|(known, _)| known == c)).collect();
        images.extend(plain.into_iter().map(|c| (c, vec![c])));
        return;
    }
    for (i, c) in from.iter().enumerate() {
        if from[..i].contains(c) || images.iter().any(|(known, _)| known == c) {
            continue;
        }
        let times = from.iter().filter(|other| *other == c).count();
        let Some(rest) = to.len().checked_sub(made(Some((*c, &[])), images, from).len()) else { continue };
        let (start, length) = (made(None, images, &from[..i]).len(), rest / times);
        if let Some(image) = to.get(start..start + length)
            && made(Some((*c, image)), images, from) == to
        {
            images.push((*c, image.to_vec()));
            return;
        }
    }
}
