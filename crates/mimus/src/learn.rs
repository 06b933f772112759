//! `mimus learn`: from traces to a knowledge file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Instant;

use mimus_learn::{Ask, LearnError, Options};
use mimus_trace::{Program, read_trace};

use crate::args;
use crate::failure::{Exit, Failure};
use crate::files::{collect, write_whole};
use crate::processor;
use crate::progress::Progress;
use crate::teacher::{Asked, Teacher};

/// Learns from traces, and writes what was learned.
pub fn learn(args: &args::Learn) -> Result<Exit, Failure> {
    if let Some(exit) = processor::learn::learn(args)? {
        return Ok(exit);
    }
    let watched = Watched::read(args)?;
    let mut asked = match &args.teacher {
        Some(name) => Some(teacher(name, &watched, &args.out)?),
        None => None,
    };
    let began = Instant::now();
    let mut options = Options { seed: args.seed, ..Options::default() };
    options.budget = args.budget.unwrap_or(options.budget);
    let mut stages = Stages::default();
    let ask = asked.as_mut().map(|asked| asked as &mut dyn Ask);
    let learned = mimus_learn::learn(&watched.teacher, &watched.run, &watched.marked, options, ask, &mut |now| stages.tell(&now));
    stages.end();
    let knowledge = learned.map_err(|error| told(&error))?;
    write_whole(&args.out, &knowledge.to_text())?;
    if let Some(asked) = asked {
        asked.forget();
    }
    let overloads = knowledge.operations.values().flat_map(|operation| &operation.overloads);
    let known = overloads.clone().filter(|overload| !overload.meanings.is_empty()).count();
    let constructs = knowledge.constructs.values().filter(|construct| !construct.meanings.is_empty()).count();
    eprintln!(
        "learned {constructs} of {} constructs, {known} of {} overloads of {} operations in {:.0} s: {}",
        knowledge.constructs.len(),
        overloads.count(),
        knowledge.operations.len(),
        began.elapsed().as_secs_f64(),
        args.out.display(),
    );
    Ok(Exit::Fine)
}

/// The teacher that may be asked; its answers are kept beside the knowledge until that is written.
fn teacher(name: &str, watched: &Watched, out: &Path) -> Result<Asked, Failure> {
    let mut kept = out.as_os_str().to_owned();
    kept.push(".asked");
    let asked = Asked::new(Teacher::find(name)?.start()?, Path::new(&kept))?;
    match asked.teacher() == watched.teacher {
        true => Ok(asked),
        false => Err(Failure::new(format!("the traces are of {}, the teacher says it is {}", watched.teacher, asked.teacher()))
            .advise("watch the programs again with this teacher, or learn without asking")),
    }
}

fn told(error: &LearnError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error {
        LearnError::Nothing => failure.advise("`mimus watch` makes traces of programs that run"),
        LearnError::Program { .. } => failure.advise("docs/trace-format.md says how the spans of a trace lie"),
        LearnError::Teacher(_) => failure.advise("its answers so far are kept: the same command goes on with them"),
    }
}

/// What there is to learn from.
struct Watched {
    teacher: String,
    /// Programs that ran.
    run: Vec<Program>,
    /// Programs of which only the text was looked at.
    marked: Vec<Program>,
}

impl Watched {
    fn read(args: &args::Learn) -> Result<Self, Failure> {
        let mut watched = Self { teacher: String::new(), run: Vec::new(), marked: Vec::new() };
        let files = collect(&args.from, "jsonl")?;
        if files.is_empty() {
            return Err(Failure::new("there are no traces (*.jsonl) in the folders given").advise("`mimus watch` makes some"));
        }
        let progress = Progress::new("reading", files.len() as u64);
        for file in &files {
            watched.add(file)?;
            progress.step(&file.display().to_string());
        }
        progress.clear();
        Ok(watched)
    }

    fn add(&mut self, file: &Path) -> Result<(), Failure> {
        let name = file.display().to_string();
        let input = File::open(file).map_err(|e| Failure::file("read", file, &e))?;
        let header = read_trace(&name, BufReader::new(input), |program| match program.acts.is_empty() {
            true => self.marked.push(program),
            false => self.run.push(program),
        })?;
        if !self.teacher.is_empty() && self.teacher != header.teacher {
            return Err(Failure::new(format!(
                "{name} is a trace of {}, those before it are of {}",
                header.teacher, self.teacher
            ))
            .advise("knowledge is learned from one teacher at a time"));
        }
        self.teacher = header.teacher;
        Ok(())
    }
}

/// A bar for each stage of learning.
#[derive(Default)]
pub struct Stages {
    now: Option<(&'static str, Progress)>,
}

impl Stages {
    /// Shows how far it is.
    pub fn tell(&mut self, progress: &mimus_learn::Progress) {
        let mimus_learn::Progress { stage, what, done, all, found } = progress;
        if self.now.as_ref().is_none_or(|(name, _)| name != stage) {
            self.end();
            self.now = Some((stage, Progress::new(stage, *all as u64)));
        }
        if let Some((_, bar)) = &self.now {
            bar.at(*done as u64, *all as u64, &format!("found {found}, left {}: {what}", all.saturating_sub(*done)));
        }
    }

    /// Learning is over.
    pub fn end(&mut self) {
        if let Some((_, bar)) = self.now.take() {
            bar.clear();
        }
    }
}
