//! Whether confidences are what they claim to be.

/// Number of equal-width confidence bins.
const BINS: usize = 10;

/// Calibration over a set of answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Expected calibration error: mean distance of confidence and accuracy over ten bins, weighted by answers. 0 is best.
    pub ece: f64,
    /// Mean squared distance of confidence and correctness. 0 is best.
    pub brier: f64,
    /// Share of wrong answers among those given with confidence 0.99 or more; 0 if there were none.
    pub wrong_at_99: f64,
    /// How many answers were given with that confidence.
    pub answers_at_99: usize,
    /// Ten bins of confidence.
    pub bins: Vec<Bin>,
}

/// Answers of similar confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// Answers in it.
    pub count: usize,
    /// Mean confidence.
    pub confidence: f64,
    /// Share that was right.
    pub accuracy: f64,
}

impl Calibration {
    /// From pairs of confidence and correctness.
    pub fn of(answers: &[(f64, bool)]) -> Self {
        let mut bins = vec![Bin::default(); BINS];
        for &(confidence, right) in answers {
            let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
            bin.count += 1;
            bin.confidence += confidence;
            bin.accuracy += f64::from(u8::from(right));
        }
        for bin in bins.iter_mut().filter(|bin| bin.count > 0) {
            bin.confidence /= bin.count as f64;
            bin.accuracy /= bin.count as f64;
        }
        let n = answers.len().max(1) as f64;
        let sure = answers.iter().filter(|(confidence, _)| *confidence >= 0.99);
        let answers_at_99 = sure.clone().count();
        Self {
            ece: bins.iter().map(|b| b.count as f64 * (b.confidence - b.accuracy).abs()).fold(0.0, |a, b| a + b) / n,
            brier: answers.iter().map(|(c, right)| (c - f64::from(u8::from(*right))).powi(2)).fold(0.0, |a, b| a + b) / n,
            wrong_at_99: sure.filter(|(_, right)| !right).count() as f64 / answers_at_99.max(1) as f64,
            answers_at_99,
            bins,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn nothing_answered() {
        let c = Calibration::of(&[]);
        near(c.ece, 0.0);
        near(c.brier, 0.0);
        assert!(c.brier.is_sign_positive() && c.ece.is_sign_positive());
        near(c.wrong_at_99, 0.0);
    }

    #[test]
    fn counted_by_hand() {
        let c = Calibration::of(&[(1.0, true), (1.0, false), (0.55, true), (0.51, false)]);
        near(c.ece, (2.0 * 0.5 + 2.0 * 0.03) / 4.0);
        near(c.brier, (0.0 + 1.0 + 0.45 * 0.45 + 0.51 * 0.51) / 4.0);
        near(c.wrong_at_99, 0.5);
        assert_eq!((c.answers_at_99, c.bins[5].count, c.bins[9].count), (2, 2, 2));
    }
}
