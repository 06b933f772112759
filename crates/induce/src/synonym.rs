//! Texts that say the same as others: what an operation does as one of them says is what it does as another one says.

use std::collections::BTreeMap;

use mimus_core::{Datum, Expr, Formula, Meaning, SizeLimit, Symbol};
use mimus_knowledge::{Pattern, Rival};
use rayon::prelude::*;

use crate::group::{Group, sum_of_shares};
use crate::posterior::reserve;
use crate::solve::NODE_BITS;
use crate::trial::{Fit, Trial};
use crate::vocabulary::{Operations, Vocabulary};

/// Texts that are tried in place of one, those seen most often first, and their length.
const TRIED: usize = 60;
const LONGEST: usize = 5;
/// The length of "the same as that", in bits.
const SAME: f64 = 2.0 * NODE_BITS;

/// Gives groups of one text that have no meaning what is done for another text, where that is the same.
pub fn lend(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let shared: &[Group] = groups;
    let open: Vec<usize> = (0..groups.len()).filter(|i| shared[*i].rivals.is_empty() && fixed(&shared[*i]).is_some()).collect();
    let lend = |i: &usize| Some((*i, synonym(*i, shared, &vocabulary)?));
    let lent: Vec<(usize, Rival<Meaning>)> = open.par_iter().filter_map(lend).collect();
    for (i, rival) in lent {
        groups[i].partly = false;
        groups[i].take(vec![rival], operations);
    }
}

/// The operand that is always the same text, and that text.
fn fixed(group: &Group) -> Option<(usize, &'static str)> {
    let all = group.takes.iter().enumerate();
    let mut framed = all.filter_map(|(i, pattern)| Some((i, pattern.frame_of()?)));
    framed.next().filter(|(_, frame)| group.refined && group.takes.len() > 1 && !frame.contains('9'))
}

fn synonym(of: usize, groups: &[Group], vocabulary: &Vocabulary) -> Option<Rival<Meaning>> {
    let _limit = SizeLimit::set(2_000);
    let group = &groups[of];
    let (operand, own) = fixed(group)?;
    let whole = groups.iter().find(|whole| group.is_part_of(whole))?;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for example in &whole.examples {
        if let Datum::Text(text) = &example.args[operand]
            && text.chars().count() <= LONGEST
            && **text != *own
        {
            *seen.entry(text).or_default() += 1;
        }
    }
    let mut texts: Vec<(&str, usize)> = seen.into_iter().collect();
    texts.sort_by_key(|(text, count)| (std::cmp::Reverse(*count), *text));
    let mut trial = Trial::new(groups, vocabulary);
    let tried = texts.into_iter().filter_map(|(text, _)| Some((text, known(group, operand, text, vocabulary)?)));
    tried.take(TRIED).enumerate().find_map(|(place, (text, surety))| {
        let arg = |i: usize| if i == operand { Expr::Const(Datum::text(text)) } else { Expr::Arg(i as u8) };
        let formula = Formula::pure(Expr::Learned(group.key, (0..group.takes.len()).map(arg).collect()));
        let Fit::Explains(suited, flaw) = trial.fit(of, &formula) else { return None };
        let told = 1.0 - reserve(SAME + ((place + 1) as f64).log2(), group.evidence);
        Some(Rival { meaning: Meaning::Formula(*suited), share: told * surety * (1.0 - flaw) })
    })
}

/// How surely it is known what is done for a text, if that does not lead on to what is done for others.
fn known(group: &Group, operand: usize, text: &str, vocabulary: &Vocabulary) -> Option<f64> {
    let fits = |(i, (pattern, own)): (usize, (&Pattern, &Pattern))| match i == operand {
        true => pattern.class == own.class && pattern.fits_datum(&Datum::text(text)),
        false => pattern.covers(own),
    };
    let overloads = &vocabulary.operations.get(&group.key)?.overloads;
    let takes = |takes: &[Pattern]| takes.len() == group.takes.len() && takes.iter().zip(&group.takes).enumerate().all(fits);
    let overload = overloads.iter().find(|overload| !overload.meanings.is_empty() && takes(&overload.takes))?;
    let Meaning::Formula(formula) = &overload.meanings[0].meaning else { return None };
    let calls_own = formula.exprs().any(|expr| calls(expr, group.key));
    (!calls_own && !formula.fails()).then(|| sum_of_shares(&overload.meanings))
}

fn calls(expr: &Expr, key: Symbol) -> bool {
    matches!(expr, Expr::Learned(own, _) if *own == key) || expr.parts().any(|part| calls(part, key))
}
