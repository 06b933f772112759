//! In which order what a thing delegates to is asked.

/// All that something delegates to: what it names itself in that order, each before what it delegates to itself, and every list
/// in its own order. Nothing if there is no such order.
pub fn linearized<V: Clone + PartialEq>(named: &[V], delegates: impl Fn(&V) -> Vec<V>) -> Option<Vec<V>> {
    let mut lists: Vec<Vec<V>> = named.iter().map(|v| std::iter::once(v.clone()).chain(delegates(v)).collect()).collect();
    lists.push(named.to_vec());
    let mut all = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        if lists.is_empty() {
            return Some(all);
        }
        let is_free = |v: &V| lists.iter().all(|list| !list[1..].contains(v));
        let next = lists.iter().map(|list| &list[0]).find(|v| is_free(v))?.clone();
        lists.iter_mut().for_each(|list| list.retain(|v| *v != next));
        all.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::linearized;

    #[track_caller]
    fn check(named: &[&'static str], expected: Option<&[&'static str]>) {
        let delegates = |v: &&'static str| match *v {
            "b" | "c" => vec!["a"],
            "d" => vec!["b", "a"],
            _ => vec![],
        };
        assert_eq!(linearized(named, delegates).as_deref(), expected);
    }

    #[test]
    fn what_comes_first() {
        check(&[], Some(&[]));
        check(&["b"], Some(&["b", "a"]));
        check(&["b", "c"], Some(&["b", "c", "a"]));
        check(&["c", "d"], Some(&["c", "d", "b", "a"]));
        check(&["a", "b"], None);
    }
}
