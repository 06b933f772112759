//! What programs leave open of the grammar, the teacher is asked.

use std::collections::BTreeSet;

use mimus_grammar::{Grammar, Learner};
use mimus_trace::Answer;

use crate::error::LearnError;
use crate::progress::Progress;

/// Someone who can be asked: a teacher that is running.
pub trait Ask {
    /// Asks for these sources to be run (or, if `text_only`, only to be marked with spans); one answer each, in order.
    fn ask(&mut self, sources: &[String], text_only: bool) -> Result<Vec<Answer>, String>;
}

/// Times of asking: answers bring up questions of their own, but soon none that matter.
const ROUNDS: usize = 2;
/// Questions at a time, those worth most.
const QUESTIONS: usize = 600;

/// The grammar of what was collected and of what the teacher says of the texts that would tell most.
pub(crate) fn grammar(
    mut learner: Learner,
    ask: &mut dyn Ask,
    progress: &mut dyn FnMut(Progress),
) -> Result<Grammar, LearnError> {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    let mut answered = 0;
    for round in 0..ROUNDS {
        let questions = learner.clone().finish().questions().into_iter().map(|question| question.text);
        let new: Vec<String> = questions.filter(|text| !asked.contains(text)).take(QUESTIONS).collect();
        for answer in ask.ask(&new, true).map_err(LearnError::Teacher)? {
            // What the teacher rejects is no text of the language: nothing to be read off it.
            let Answer::Program(program) = answer else { continue };
            let unfit = |e| LearnError::Teacher(format!("its answer {}: {e}", program.id));
            learner.add_answer(&program).map_err(unfit)?;
            answered += 1;
        }
        asked.extend(new);
        let what = format!("{} texts asked about", asked.len());
        progress(Progress { stage: "questions", what, done: round + 1, all: ROUNDS, found: answered });
    }
    Ok(learner.finish())
}
