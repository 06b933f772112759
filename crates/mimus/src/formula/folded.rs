//! Formulas on several lines.

/// What further lines begin with.
const INDENT: &str = "    ";

/// A formula on lines of at most this width, if it has choices to break it at.
pub fn folded(text: &str, width: usize) -> Vec<String> {
    let Some(pieces) = (text.chars().count() > width).then(|| pieces(text)).flatten() else { return vec![text.into()] };
    let mut lines = folded(pieces[0], width);
    for piece in &pieces[1..] {
        lines.extend(folded(piece, width.saturating_sub(INDENT.len())).iter().map(|line| format!("{INDENT}{line}")));
    }
    lines
}

/// A text before every word of its outermost choices: `else` first, as it comes with the other half.
fn pieces(text: &str) -> Option<Vec<&str>> {
    let mut depth = 0_usize;
    let mut places: Vec<(usize, bool, usize)> = vec![];
    for (place, sign) in text.char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ' ' if text[place..].starts_with(" else ") => places.push((depth, false, place)),
            ' ' if text[place..].starts_with(" then ") => places.push((depth, true, place)),
            _ => {}
        }
    }
    let (depth, word, _) = *places.iter().min()?;
    let mut pieces = vec![];
    let mut begin = 0;
    for (.., place) in places.into_iter().filter(|place| (place.0, place.1) == (depth, word)) {
        pieces.push(&text[begin..place]);
        begin = place + 1;
    }
    pieces.push(&text[begin..]);
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(folded(text, width), expected);
    }

    #[test]
    fn only_what_is_too_long_is_broken() {
        check("a <- if b then c else d", 23, &["a <- if b then c else d"]);
        check("a <- if b then c else d", 22, &["a <- if b then c", "    else d"]);
        check("a <- if b then c else d", 12, &["a <- if b", "    then c", "    else d"]);
        check("a <- b + c + d", 5, &["a <- b + c + d"]);
        check("then_else", 5, &["then_else"]);
    }

    #[test]
    fn outer_choices_are_broken_first() {
        check("a <- if b then c else if d then e else f", 30, &["a <- if b then c", "    else if d then e", "    else f"]);
        check(
            "a <- if b then (if c then d else e) + 1 else f",
            24,
            &["a <- if b", "    then (if c then d", "        else e) + 1", "    else f"],
        );
    }
}
