//! Which of two neighbouring operators binds tighter: ranks fitted to the choices that were seen.
//!
//! Each place that is open to the right has a rank, and each operator that takes what is to its left has one; the higher wins.
//! The ranks of two that never met follow from those that each of them met.

/// Choices that were seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Evidence {
    pub open: u32,
    pub operator: u32,
    /// How often the open piece ended before the operator.
    pub ended: u64,
    /// How often the operator took only what stood at the open place.
    pub went_in: u64,
}

/// Ranks of slots, as open places and as operators.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ranks {
    open: Vec<f64>,
    operator: Vec<f64>,
    met_open: Vec<bool>,
    met_operator: Vec<bool>,
}

const ROUNDS: usize = 400;
const PULL: f64 = 0.01;
const TIE: f64 = 0.5;

impl Ranks {
    /// `ties` are the two sides of one operator: its open place, and itself. They have nearly the same rank; by how much the first is
    /// higher (what makes an operator group to the left) is common to all.
    pub fn fit(slots: usize, evidence: &[Evidence], ties: &[(u32, u32)]) -> Self {
        let mut r = Self {
            open: vec![0.0; slots],
            operator: vec![0.0; slots],
            met_open: vec![false; slots],
            met_operator: vec![false; slots],
        };
        for e in evidence {
            r.met_open[e.open as usize] = true;
            r.met_operator[e.operator as usize] = true;
        }
        for &(open, operator) in ties {
            r.met_open[open as usize] |= r.met_operator[operator as usize];
            r.met_operator[operator as usize] |= r.met_open[open as usize];
        }
        // How most operators group by themselves.
        let grouped = |left: bool| {
            let alone = evidence.iter().filter(|e| ties.contains(&(e.open, e.operator)));
            alone.filter(|e| (e.ended > e.went_in) == left).count() as f64
        };
        let lean = (1.0 + 1.5 * ((grouped(true) + 0.5) / (grouped(false) + 0.5)).ln()).clamp(-4.0, 4.0);
        let (mut a, mut b) = (vec![1e-6; slots], vec![1e-6; slots]);
        for _ in 0..ROUNDS {
            let (mut go, mut gp) = (vec![0.0; slots], vec![0.0; slots]);
            for e in evidence {
                let p = 1.0 / (1.0 + (r.operator[e.operator as usize] - r.open[e.open as usize]).exp());
                let (ended, went_in) = ((1.0 + e.ended as f64).ln(), (1.0 + e.went_in as f64).ln());
                let g = ended * (1.0 - p) - went_in * p;
                go[e.open as usize] += g;
                gp[e.operator as usize] -= g;
            }
            for &(open, operator) in ties {
                let apart = r.open[open as usize] - r.operator[operator as usize] - lean;
                // Those that differ much differ: others should not feel it.
                let pull = apart.clamp(-1.5, 1.5);
                go[open as usize] -= TIE * pull;
                gp[operator as usize] += TIE * pull;
            }
            for i in 0..slots {
                let g = go[i] - PULL * r.open[i];
                a[i] += g * g;
                r.open[i] += 0.7 * g / a[i].sqrt();
                let g = gp[i] - PULL * r.operator[i];
                b[i] += g * g;
                r.operator[i] += 0.7 * g / b[i].sqrt();
            }
        }
        r
    }

    /// The odds (a logarithm) that the open place ends.
    pub fn odds(&self, open: u32, operator: u32) -> f64 {
        if !self.met_open[open as usize] || !self.met_operator[operator as usize] {
            return 0.0;
        }
        (self.open[open as usize] - self.operator[operator as usize]).clamp(-6.0, 6.0)
    }

    /// The same where the two met: what was seen outweighs the ranks.
    pub fn with_evidence(&self, e: &Evidence) -> f64 {
        let seen = ((e.ended as f64 + 0.1) / (e.went_in as f64 + 0.1)).ln();
        (0.5 * self.odds(e.open, e.operator) + 1.5 * seen).clamp(-10.0, 10.0)
    }
}
