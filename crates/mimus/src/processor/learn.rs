//! `mimus learn` for machines without source text: from steps, or by asking.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use mimus_learn::processor::{Options, learn_processor};
use mimus_trace::read_header;
use mimus_trace::step::{Layout, Step, read_steps};

use crate::args::Learn;
use crate::failure::{Exit, Failure};
use crate::files::{collect, write_whole};
use crate::learn::Stages;
use crate::machines;
use crate::progress::Progress;

/// Learns a processor; `None` where there are programs to be learned from, not steps.
pub fn learn(args: &Learn) -> Result<Option<Exit>, Failure> {
    let machine = args.teacher.as_deref().and_then(machines::find);
    if machine.is_none() && args.from.is_empty() {
        return Err(match &args.teacher {
            Some(teacher) => Failure::new(format!("{teacher} is no machine that may be asked without traces (--from)"))
                .advise(format!("known machines are: {}; `mimus watch` makes traces of programs", machines::names())),
            None => {
                Failure::new("there is nothing to learn from: no traces (--from), and no machine that may be asked (--teacher)")
                    .advise("`mimus learn --help` says how")
            }
        });
    }
    let files = collect(&args.from, "jsonl")?;
    let (steps, programs): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| holds_steps(file));
    match (steps.first(), programs.first(), &machine, &args.teacher) {
        (Some(steps), Some(programs), ..) => {
            let what = format!("{} is a trace of steps, {} of programs", steps.display(), programs.display());
            return Err(Failure::new(what).advise("knowledge is learned from one kind at a time"));
        }
        (None, Some(programs), Some(_), Some(teacher)) => {
            let what = format!("{} is a trace of programs; {teacher} is a machine that takes steps", programs.display());
            return Err(Failure::new(what).advise("give traces of steps, or none"));
        }
        (Some(steps), None, None, Some(teacher)) => {
            let what = format!("{} is a trace of steps; {teacher} is no machine that could be asked for more", steps.display());
            return Err(Failure::new(what).advise(format!("known machines are: {}", machines::names())));
        }
        (None, _, None, _) => return Ok(None),
        _ => {}
    }
    let defaults = Options::default();
    let options = Options {
        seed: args.seed,
        observations: args.observations.unwrap_or(defaults.observations),
        budget: args.budget.unwrap_or(defaults.budget),
    };
    let mut watched = Watched::default();
    if let Some(machine) = &machine {
        watched.source = Some((machine.name(), machine.layout(), args.teacher.clone().unwrap_or_default()));
    }
    let progress = Progress::new("reading", steps.len() as u64);
    for file in &steps {
        watched.add(file, options.observations)?;
        progress.step(&file.display().to_string());
    }
    progress.clear();
    let Some((teacher, layout, _)) = &watched.source else { return Ok(None) };
    let began = Instant::now();
    let mut stages = Stages::default();
    let oracle = machine.as_deref();
    let processor = learn_processor(teacher, layout, &watched.steps, oracle, options, &mut |now| stages.tell(&now));
    stages.end();
    write_whole(&args.out, &processor.to_text())?;
    let complete = processor.instructions.values().filter(|instruction| instruction.is_complete()).count();
    eprintln!(
        "learned {complete} of {} instructions in {:.0} s: {}",
        processor.instructions.len(),
        began.elapsed().as_secs_f64(),
        args.out.display(),
    );
    Ok(Some(Exit::Fine))
}

/// Whether a file's header says that it holds steps. What is wrong with a file is told by those who read it.
fn holds_steps(file: &Path) -> bool {
    let header = || {
        let lines = BufReader::new(File::open(file).ok()?).lines();
        let first = lines.map_while(Result::ok).find(|line| !line.trim().is_empty())?;
        read_header("", 1, &first).ok()?.layout
    };
    header().is_some()
}

/// What there is to learn from.
#[derive(Default)]
struct Watched {
    /// The teacher's name, the machine's layout, and where they were told.
    source: Option<(String, Layout, String)>,
    steps: Vec<Step>,
    /// How often each code was seen.
    seen: HashMap<Option<Vec<u64>>, usize>,
}

impl Watched {
    /// Adds a trace: of each instruction only as many steps as are looked at.
    fn add(&mut self, file: &PathBuf, most: usize) -> Result<(), Failure> {
        let name = file.display().to_string();
        let input = File::open(file).map_err(|e| Failure::file("read", file, &e))?;
        let mut steps = vec![];
        let (header, layout) = read_steps(&name, BufReader::new(input), |step| steps.push(step))?;
        match &self.source {
            Some((_, known, whose)) if *known != layout => {
                return Err(Failure::new(format!("{name} is of a machine with another layout than that of {whose}"))
                    .advise("knowledge is learned from one machine at a time"));
            }
            Some(_) => {}
            None => self.source = Some((header.teacher, layout.clone(), name)),
        }
        for step in steps {
            let seen = self.seen.entry(step.code(&layout)).or_default();
            *seen += 1;
            if *seen <= most {
                self.steps.push(step);
            }
        }
        Ok(())
    }
}
