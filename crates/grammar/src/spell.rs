//! Learning a [`Lexicon`] from where spans begin and end.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::Kind;

use crate::lexicon::{Comment, Gaps, Layout, Lexicon, Quote, class, closing, is_bracket};
use crate::pieces::Pieces;

/// The share of exceptions that a rule of spelling may have.
const NOISE: f64 = 0.02;

/// Learns the spelling of all these programs.
pub(crate) fn learn(programs: &[Pieces]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    letters(programs, &mut lexicon);
    quotes(programs, &mut lexicon);
    gaps(programs, &mut lexicon);
    comments(programs, &mut lexicon);
    joints(programs, &mut lexicon);
    joiner(programs, &mut lexicon);
    puncts(programs, &mut lexicon);
    layout(programs, &mut lexicon);
    lexicon
}

fn leaves<'a>(programs: &'a [Pieces]) -> impl Iterator<Item = (Kind, &'a str)> {
    programs.iter().flat_map(|p| (0..p.children.len()).filter(|&i| p.is_leaf(i)).map(|i| (p.program.spans[i].kind, p.text(i))))
}

/// Punctuation that stands in names, and never in a template.
fn letters(programs: &[Pieces], lexicon: &mut Lexicon) {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for (_, text) in leaves(programs).filter(|leaf| leaf.0 == Kind::Name) {
        for c in text.chars().filter(|&c| lexicon.is_punct(c)) {
            *counts.entry(c).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return;
    }
    for p in programs {
        for span in (0..p.children.len()).filter(|&i| !p.is_leaf(i)) {
            for (start, end, _) in p.residual(span) {
                for c in p.source()[start..end].chars() {
                    counts.remove(&c);
                }
            }
        }
    }
    lexicon.letters = counts.into_iter().filter(|&(_, n)| n >= 2).map(|(c, _)| c).collect();
}

/// A text that free text between equal marks may be: what stands before the first mark, and the mark.
fn marked<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(&'t str, char, char)> {
    let (at, open) = text.char_indices().find(|&(_, c)| lexicon.is_punct(c)).filter(|&(at, _)| at <= 3)?;
    if text[..at].contains(|c: char| !c.is_alphabetic()) {
        return None;
    }
    let inner = &text[at + open.len_utf8()..];
    let close = inner.chars().last().filter(|&c| lexicon.is_punct(c))?;
    (close == open || !open.is_ascii() && !close.is_ascii()).then_some((&text[..at], open, close))
}

fn quotes(programs: &[Pieces], lexicon: &mut Lexicon) {
    // Marks, and whether anything but punctuation was seen between them.
    let mut found: BTreeMap<(char, char), (usize, usize)> = BTreeMap::new();
    let mut texts: Vec<&str> = Vec::new();
    // What stands between other marks may be free text that begins and ends as it likes.
    let around = |p: &Pieces, span: usize| {
        let parent = p.program.spans[span].parent.filter(|&parent| p.program.spans[parent].kind == Kind::Expr)?;
        marked(p.text(parent), lexicon).map(|(_, open, _)| open)
    };
    for (p, span) in programs.iter().flat_map(|p| (0..p.children.len()).filter(|&i| p.is_leaf(i)).map(move |i| (p, i))) {
        let (kind, text) = (p.program.spans[span].kind, p.text(span));
        if kind == Kind::Stmt || kind == Kind::Block {
            continue;
        }
        let Some((prefix, open, close)) = marked(text, lexicon) else { continue };
        if around(p, span).is_some_and(|other| other != open) {
            continue;
        }
        let inner = &text[prefix.len() + open.len_utf8()..text.len() - close.len_utf8()];
        let entry = found.entry((open, close)).or_default();
        entry.0 += 1;
        entry.1 += usize::from(inner.contains(|c: char| c.is_alphanumeric()));
        texts.push(text);
    }
    found.retain(|_, seen| seen.1 > 0);
    let mut singles: BTreeSet<(char, char)> = BTreeSet::new();
    let mut triples: BTreeSet<(char, char)> = BTreeSet::new();
    let mut prefixes = BTreeSet::from([String::new()]);
    for text in &texts {
        let Some((prefix, open, close)) = marked(text, lexicon) else { continue };
        if !found.contains_key(&(open, close)) {
            continue;
        }
        prefixes.insert(prefix.to_string());
        let body = &text[prefix.len()..];
        let (three, ends) = (open.to_string().repeat(3), close.to_string().repeat(3));
        let triple = body.len() >= 2 * three.len() && body.starts_with(&three) && body.ends_with(&ends);
        if triple { &mut triples } else { &mut singles }.insert((open, close));
    }
    // Until it is known which may hold line ends, all may.
    for (open, close) in triples {
        lexicon.quotes.push(Quote { open: open.to_string().repeat(3), close: close.to_string().repeat(3), lines: true });
    }
    for (open, close) in singles {
        lexicon.quotes.push(Quote { open: open.into(), close: close.into(), lines: true });
    }
    lexicon.prefixes = prefixes.into_iter().collect();
    lexicon.prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
    // How a mark is written within its own text: the rule by which most of the texts end where their leaf does.
    let mut escapes: BTreeSet<char> = BTreeSet::new();
    for text in &texts {
        let mut before = ' ';
        for c in text.chars() {
            if found.keys().any(|marks| marks.1 == c)
                && lexicon.is_punct(before)
                && !found.keys().any(|marks| marks.1 == before || marks.0 == before)
            {
                escapes.insert(before);
            }
            before = c;
        }
    }
    let rules = std::iter::once((None, false)).chain([(None, true)]).chain(escapes.into_iter().map(|c| (Some(c), false)));
    let score = |lexicon: &Lexicon| texts.iter().filter(|text| all_quoted(text, lexicon)).count();
    let mut best = (score(lexicon), None, false);
    for (escape, doubled) in rules {
        (lexicon.escape, lexicon.doubled) = (escape, doubled);
        let n = score(lexicon);
        if n > best.0 {
            best = (n, escape, doubled);
        }
    }
    (_, lexicon.escape, lexicon.doubled) = best;
    // Line ends within them, unless escaped.
    let mut lines = vec![false; lexicon.quotes.len()];
    for text in texts.iter().filter(|text| text.contains('\n') && all_quoted(text, lexicon)) {
        let mut at = 0;
        while let Some((prefix, quote)) = lexicon.quote(&text[at..]) {
            let open = prefix.len() + quote.open.len();
            let Some(len) = lexicon.quoted_len(&text[at..], open, quote) else { break };
            let index = lexicon.quotes.iter().position(|q| q == quote).unwrap_or(0);
            let mut inner = at + open;
            while inner < at + len {
                lines[index] |= text[inner..].starts_with('\n');
                match lexicon.quoted_step(&text[inner..], quote) {
                    Ok(step) => inner += step,
                    Err(_) => break,
                }
            }
            at += len;
            at += text[at..].len() - text[at..].trim_start().len();
        }
    }
    for (quote, lines) in lexicon.quotes.iter_mut().zip(lines) {
        quote.lines = lines;
    }
}

/// Is the text nothing but quoted texts?
fn all_quoted(text: &str, lexicon: &Lexicon) -> bool {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(char::is_whitespace) {
            at += rest.len() - rest.trim_start().len();
            continue;
        }
        let Some((prefix, quote)) = lexicon.quote(rest) else { return false };
        let Some(len) = lexicon.quoted_len(rest, prefix.len() + quote.open.len(), quote) else { return false };
        at += len;
    }
    true
}

/// The quoted text of a span in which a piece at `inner` bytes stands: its prefix.
fn gapped<'t>(text: &'t str, inner: usize, lexicon: &Lexicon) -> Option<&'t str> {
    let mut at = 0;
    while at < inner {
        let rest = &text[at..];
        // The prefix may be one that no text without gaps has.
        let mark = rest.find(|c: char| !c.is_alphabetic()).filter(|&mark| mark <= 3)?;
        let quote = lexicon.quotes.iter().find(|q| rest[mark..].starts_with(&q.open))?;
        let len = lexicon.quoted_len(rest, mark + quote.open.len(), quote)?;
        if at + len > inner {
            return (at + mark + quote.open.len() <= inner).then_some(&rest[..mark]);
        }
        at += len;
        at += text[at..].len() - text[at..].trim_start().len();
    }
    None
}

/// Quoted texts with pieces in them.
fn gaps(programs: &[Pieces], lexicon: &mut Lexicon) {
    let mut prefixes = BTreeSet::new();
    let mut opens: BTreeMap<String, usize> = BTreeMap::new();
    let mut spans: Vec<(&Pieces, usize)> = Vec::new();
    for p in programs {
        for span in (0..p.children.len()).filter(|&i| !p.is_leaf(i) && p.program.spans[i].kind == Kind::Expr) {
            let first = p.program.spans[p.children[span][0]].start - p.program.spans[span].start;
            let Some(prefix) = gapped(p.text(span), first, lexicon) else { continue };
            prefixes.insert(prefix.to_string());
            spans.push((p, span));
            for (start, end, child) in p.residual(span) {
                if child.is_none() {
                    continue;
                }
                let before = p.source()[start..end].trim_end();
                let quotes = |c: char| lexicon.quotes.iter().any(|q| q.open.starts_with(c));
                let from = before.rfind(|c: char| c.is_whitespace() || lexicon.is_word(c) || quotes(c));
                let from = from.map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
                // What begins with the text, or behind a gap, is free text.
                if before[from..].chars().last().is_some_and(|last| !is_bracket(last) || closing(last).is_some()) {
                    *opens.entry(before[from..].to_string()).or_default() += 1;
                }
            }
        }
    }
    let Some(open) = common_suffix(&opens) else { return };
    let Some(last) = open.chars().last() else { return };
    let close = closing(last).unwrap_or(last).to_string();
    let mut specs = BTreeSet::new();
    for (p, span) in spans {
        let stretches = p.residual(span);
        for (before, after) in stretches.iter().zip(stretches.iter().skip(1)) {
            let opened = p.source()[before.0..before.1].trim_end().ends_with(&open);
            let after = p.source()[after.0..after.1].trim_start();
            if opened && !after.starts_with(&close) {
                specs.extend(after.chars().next().filter(|&c| lexicon.is_punct(c)));
            }
        }
    }
    lexicon.prefixes.extend(prefixes.iter().filter(|p| !lexicon.prefixes.contains(p)).cloned().collect::<Vec<_>>());
    lexicon.prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
    lexicon.gaps = Some(Gaps { open, close, specs, prefixes });
}

/// The longest ending that most of them share.
fn common_suffix(texts: &BTreeMap<String, usize>) -> Option<String> {
    let total: usize = texts.values().sum();
    let mut best = None;
    let mut candidates: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, n) in texts {
        for (at, _) in text.char_indices() {
            *candidates.entry(&text[at..]).or_default() += n;
        }
    }
    for (text, n) in candidates {
        let better = |best: &Option<String>| best.as_ref().is_none_or(|b| b.len() < text.len());
        if n as f64 >= (1.0 - 5.0 * NOISE) * total as f64 && better(&best) {
            best = Some(text.to_string());
        }
    }
    best
}

/// Does a quoted text, as far as is known, begin in front of this residual stretch?
fn is_quoted_span(p: &Pieces, span: usize, lexicon: &Lexicon) -> bool {
    lexicon.quote(p.text(span)).is_some_and(|(prefix, quote)| {
        p.children[span]
            .first()
            .is_none_or(|&c| p.program.spans[c].start >= p.program.spans[span].start + prefix.len() + quote.open.len())
    })
}

/// Whether a piece is free text between the gaps of a quoted text: its spelling is its own.
fn is_free(p: &Pieces, span: usize, lexicon: &Lexicon) -> bool {
    let (Some(gaps), true) = (&lexicon.gaps, p.is_leaf(span)) else { return false };
    let own = &p.program.spans[span];
    let Some(parent) = own.parent.filter(|&parent| own.kind == Kind::Expr && p.program.spans[parent].kind == Kind::Expr) else {
        return false;
    };
    let start = p.program.spans[parent].start;
    let is_inside = gapped(p.text(parent), own.start - start, lexicon).is_some_and(|prefix| gaps.prefixes.contains(prefix));
    is_inside && !p.source()[start..own.start].trim_end().ends_with(&gaps.open)
}

/// Text between statements that is no separator.
fn comments(programs: &[Pieces], lexicon: &mut Lexicon) {
    let mut found: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for p in programs {
        for span in (0..p.children.len()).filter(|&i| p.program.spans[i].kind == Kind::Block) {
            for (start, end, _) in p.residual(span) {
                let gap = &p.source()[start..end];
                let mut at = 0;
                while let Some(skip) = gap[at..].find(|c: char| lexicon.is_punct(c)) {
                    at += skip;
                    let c = gap[at..].chars().next().unwrap_or(' ');
                    let line = gap[at..].lines().next().unwrap_or("");
                    if line.contains(|c: char| c.is_alphanumeric()) || line.trim_end().chars().count() > 1 {
                        found.entry(c).or_default().push(&gap[at..]);
                        at += line.len();
                    } else {
                        at += c.len_utf8();
                    }
                }
            }
        }
    }
    for (_, texts) in found {
        if !texts.iter().any(|t| t.lines().next().unwrap_or("").contains(|c: char| c.is_alphanumeric())) {
            continue;
        }
        let mut groups: Vec<Vec<&str>> = vec![texts];
        while let Some(texts) = groups.pop() {
            let open = common_prefix(&texts, lexicon);
            if open.chars().count() < 4 && contradicted(programs, &open, lexicon) {
                // Longer marks may begin so.
                let mut by: BTreeMap<char, Vec<&str>> = BTreeMap::new();
                for text in texts {
                    if let Some(c) = text[open.len()..].chars().next().filter(|&c| lexicon.is_punct(c)) {
                        by.entry(c).or_default().push(text);
                    }
                }
                groups.extend(by.into_values());
                continue;
            }
            if open.chars().count() >= 4 {
                continue;
            }
            let close = comment_end(&texts, &open, lexicon);
            lexicon.comments.push(Comment { open, close });
        }
    }
    lexicon.comments.sort_by_key(|comment| (std::cmp::Reverse(comment.open.len()), comment.clone()));
}

fn common_prefix(texts: &[&str], lexicon: &Lexicon) -> String {
    let first = texts[0];
    let mut len = 0;
    for (at, c) in first.char_indices() {
        let next = at + c.len_utf8();
        if !(lexicon.is_punct(c) || is_bracket(c)) || next > 4 || texts.iter().any(|t| !t.starts_with(&first[..next])) {
            break;
        }
        len = next;
    }
    first[..len].to_string()
}

/// What ends these comments, when it is not the line.
fn comment_end(texts: &[&str], open: &str, lexicon: &Lexicon) -> Option<String> {
    let mirrored: String = open.chars().rev().map(|c| closing(c).unwrap_or(c)).collect();
    let symbol = |text: &str| text.chars().all(|c| lexicon.is_punct(c) || is_bracket(c));
    (mirrored.chars().count() > 1 && symbol(&mirrored) && texts.iter().all(|t| t[open.len()..].contains(&mirrored)))
        .then_some(mirrored)
}

/// Is there text that a child covers behind the mark, on the same line?
fn contradicted(programs: &[Pieces], open: &str, lexicon: &Lexicon) -> bool {
    let (mut against, mut seen) = (0, 0);
    for p in programs {
        for span in (0..p.children.len()).filter(|&i| !is_quoted_span(p, i, lexicon) && !is_free(p, i, lexicon)) {
            for (start, end, next) in p.residual(span) {
                let stretch = &p.source()[start..end];
                if p.is_leaf(span) && p.program.spans[span].kind != Kind::Stmt && p.program.spans[span].kind != Kind::Block {
                    against += usize::from(stretch.starts_with(open));
                    continue;
                }
                for (at, _) in stretch.match_indices(open) {
                    seen += 1;
                    let line_end = stretch[at..].contains('\n');
                    against += usize::from(!line_end && next.is_some());
                }
            }
        }
    }
    against as f64 > NOISE * seen as f64
}

fn joints(programs: &[Pieces], lexicon: &mut Lexicon) {
    let bound = |p: &Pieces, i: usize| p.is_leaf(i) && !is_free(p, i, lexicon);
    let leaves: Vec<(Kind, &str)> = programs
        .iter()
        .flat_map(|p| (0..p.children.len()).filter(|&i| bound(p, i)).map(|i| (p.program.spans[i].kind, p.text(i))))
        .collect();
    for (kind, text) in leaves {
        let mut chars = text.chars();
        let numeric = match (chars.next(), chars.next()) {
            (Some(a), _) if a.is_ascii_digit() => true,
            (Some(a), Some(b)) => lexicon.is_punct(a) && b.is_ascii_digit(),
            _ => false,
        };
        if !numeric
            || kind == Kind::Stmt
            || kind == Kind::Block
            || text.contains(char::is_whitespace)
            || lexicon.quote(text).is_some()
        {
            continue;
        }
        let chars: Vec<char> = std::iter::once('^').chain(text.chars()).chain(['^']).collect();
        for three in chars.windows(3) {
            if lexicon.is_punct(three[1]) && three[1] != '^' {
                lexicon.joints.insert((class(three[0]), three[1], class(three[2])));
            }
        }
    }
}

/// Runs `take` over all stretches of templates, without comments and line ends between statements.
fn stretches<'a>(
    programs: &'a [Pieces],
    lexicon: &Lexicon,
    mut take: impl FnMut(&'a Pieces<'a>, usize, usize, usize, Option<usize>),
) {
    for p in programs {
        for span in (0..p.children.len()).filter(|&i| !is_quoted_span(p, i, lexicon) && !is_free(p, i, lexicon)) {
            let leaf = p.is_leaf(span);
            if leaf && p.text(span).contains(|c: char| lexicon.is_word(c)) && p.program.spans[span].kind != Kind::Stmt {
                continue;
            }
            for (start, end, next) in p.residual(span) {
                let mut at = start;
                let mut from = start;
                while at < end {
                    let rest = &p.source()[at..end];
                    if let Some(len) = lexicon.comment_len(rest) {
                        take(p, span, from, at, next);
                        at += len;
                        from = at;
                    } else {
                        at += rest.chars().next().map_or(1, char::len_utf8);
                    }
                }
                take(p, span, from, end, next);
            }
        }
    }
}

fn joiner(programs: &[Pieces], lexicon: &mut Lexicon) {
    let mut ends: BTreeMap<char, (usize, usize)> = BTreeMap::new();
    stretches(programs, lexicon, |p, span, start, end, next| {
        if p.program.spans[span].kind == Kind::Block || next.is_some_and(|n| p.program.spans[n].kind == Kind::Block) {
            return;
        }
        let text = &p.source()[start..end];
        for (at, c) in text.char_indices().filter(|&(_, c)| lexicon.is_punct(c)) {
            let entry = ends.entry(c).or_default();
            entry.0 += 1;
            entry.1 += usize::from(text[at + c.len_utf8()..].trim_start_matches([' ', '\t', '\r']).starts_with('\n'));
        }
    });
    lexicon.joiner = ends.into_iter().filter(|&(_, (n, at_end))| n == at_end && n >= 2).max_by_key(|e| e.1.0).map(|e| e.0);
}

fn puncts(programs: &[Pieces], lexicon: &mut Lexicon) {
    let mut runs: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    stretches(programs, lexicon, |p, _, start, end, _| {
        let text = &p.source()[start..end];
        let mut before: Option<&str> = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() || Some(c) == lexicon.joiner {
                at += c.len_utf8();
                continue;
            }
            if !lexicon.is_punct(c) {
                before = None;
                at += c.len_utf8();
                continue;
            }
            let len = text[at..].find(|c| !lexicon.is_punct(c) || Some(c) == lexicon.joiner).unwrap_or(text.len() - at);
            let run = &text[at..at + len];
            runs.entry(run.to_string()).or_default().0 += 1;
            if let Some(before) = before {
                runs.entry(format!("{before}{run}")).or_default().1 += 1;
            }
            before = Some(run);
            at += len;
        }
    });
    lexicon.puncts = runs
        .iter()
        .filter(|(run, (joined, split))| {
            run.chars().count() > 1 && run.chars().count() <= 6 && *split as f64 <= NOISE * *joined as f64
        })
        .map(|(run, _)| run.clone())
        .collect();
    // A run that the text has for sure as two pieces is no operator.
    loop {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for p in programs {
            crossings(p, lexicon, &mut counts);
        }
        let bad: Vec<String> =
            counts.into_iter().filter(|(_, (n, cross))| *cross as f64 > NOISE * *n as f64).map(|(run, _)| run).collect();
        if bad.is_empty() {
            return;
        }
        for run in bad {
            lexicon.puncts.remove(&run);
        }
    }
}

fn crossings(p: &Pieces, lexicon: &Lexicon, counts: &mut BTreeMap<String, (usize, usize)>) {
    let source = p.source();
    let mut edge = vec![false; source.len() + 1];
    for span in &p.program.spans {
        edge[span.start] = true;
        edge[span.end] = true;
    }
    let mut at = 0;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        if let Some(len) = lexicon.comment_len(rest) {
            at += len;
        } else if let Some((prefix, quote)) = lexicon.quote(rest) {
            at += lexicon.quoted_len(rest, prefix.len() + quote.open.len(), quote).unwrap_or(c.len_utf8());
        } else if let Some(len) = lexicon.number_len(rest) {
            at += len;
        } else if lexicon.is_word(c) {
            at += lexicon.word_len(rest);
        } else if lexicon.is_punct(c) {
            let len = lexicon.punct_len(rest);
            if len > c.len_utf8() {
                let entry = counts.entry(rest[..len].to_string()).or_default();
                entry.0 += 1;
                entry.1 += usize::from((at + 1..at + len).any(|i| edge[i]));
            }
            at += len;
        } else {
            at += c.len_utf8();
        }
    }
}

/// Do line ends and the depth of lines count?
fn layout(programs: &[Pieces], lexicon: &mut Lexicon) {
    let (mut bare, mut bare_lines) = (0usize, 0usize);
    let (mut open_ended, mut closed) = (0usize, 0usize);
    let (mut deeper, mut level) = (0usize, 0usize);
    let mut around: BTreeMap<char, usize> = BTreeMap::new();
    for p in programs {
        for span in (0..p.children.len()).filter(|&i| p.program.spans[i].kind == Kind::Block) {
            let statements = &p.children[span];
            for pair in statements.windows(2) {
                let (start, end) = (p.program.spans[pair[0]].end, p.program.spans[pair[1]].start);
                let gap = without_comments(&p.source()[start..end], lexicon);
                lexicon.separators.extend(gap.split_whitespace().map(String::from));
                // A statement that ends in a mark of its own needs no separator.
                if gap.trim().is_empty() && ends_free(p, pair[0]) {
                    bare += 1;
                    bare_lines += usize::from(gap.contains('\n'));
                }
            }
            let Some(parent) = p.program.spans[span].parent else { continue };
            let start = p.program.spans[span].start;
            let line = |at: usize| p.source()[..at].rfind('\n').map_or(0, |n| n + 1);
            let own = &p.source()[line(start)..start];
            let before = p.source()[..start].trim_end().chars().last();
            if let Some(c) = before.filter(|&c| closing(c).is_some()) {
                *around.entry(c).or_default() += 1;
            }
            if !own.trim().is_empty() || statements.is_empty() {
                continue;
            }
            let head = p.program.spans[parent].start;
            let indent = |text: &str| text.len() - text.trim_start().len();
            if own.len() > indent(&p.source()[line(head)..]) {
                deeper += 1
            } else {
                level += 1
            }
            if ends_with_block(p, parent, span) { open_ended += 1 } else { closed += 1 }
        }
    }
    let lines = bare > 0 && bare_lines as f64 >= (1.0 - NOISE) * bare as f64;
    lexicon.layout = match () {
        () if open_ended > 0 && open_ended * 4 > closed && deeper as f64 >= (1.0 - NOISE) * (deeper + level) as f64 => {
            Layout::Indent
        }
        () if lines => Layout::Lines,
        () => Layout::Free,
    };
    if lexicon.layout == Layout::Lines {
        lexicon.soft = around.into_keys().collect();
    }
}

/// Does the statement end in something that its author chose, or in a word?
fn ends_free(p: &Pieces, span: usize) -> bool {
    p.text(span).chars().last().is_some_and(|c| lexical_end(p, span) || c.is_alphanumeric())
}

fn lexical_end(p: &Pieces, span: usize) -> bool {
    p.children[span]
        .last()
        .is_some_and(|&c| p.program.spans[c].end == p.program.spans[span].end && p.program.spans[c].kind == Kind::Expr)
}

/// Is there nothing behind the block within the statement?
fn ends_with_block(p: &Pieces, parent: usize, block: usize) -> bool {
    let mut outer = parent;
    while p.program.spans[outer].end == p.program.spans[block].end {
        match p.program.spans[outer].parent {
            Some(next) if p.program.spans[next].kind == Kind::Block => return true,
            Some(next) => outer = next,
            None => return true,
        }
    }
    false
}

fn without_comments(text: &str, lexicon: &Lexicon) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match lexicon.comment_len(&text[at..]) {
            Some(len) => at += len,
            None => {
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    out
}
