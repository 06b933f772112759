//! Episodes as text, for people who look into learning.

use crate::record::Record;

/// What an episode shows, in a line or more.
pub(super) fn describe(record: &mut Record, episode: usize) -> String {
    let episode = &record.episodes[episode];
    let world = &mut record.world;
    let program = episode.program as usize;
    let mut out = format!("{}: {}", record.ids[program], &record.sources[program][episode.at()]);
    for step in &episode.steps {
        let body = if step.body_of.is_some() { " (body)" } else { "" };
        let value = world.snapshot(step.value, step.ended);
        out += &format!("\n    {:?}{body} {:?} {value}", step.path, step.end);
        for (name, bound) in &step.binds {
            out += &format!(" {name}={}", world.snapshot(*bound, step.began));
        }
    }
    let names: Vec<&str> = episode.binds.iter().map(|(name, _)| name.as_str()).collect();
    let value = world.snapshot(episode.value, episode.ended);
    let born = world.object(episode.value).and_then(|object| world.born(object));
    out += &format!("\n    began {} ended {} born {born:?}", episode.began, episode.ended);
    out + &format!(
        "\n    => {:?} {value} binds {names:?} changes {} prints {:?}",
        episode.end,
        episode.changed.len(),
        episode.out
    )
}
