//! Goals of a few bits: what is wanted is computed by Rust, and the search has to find out how.

use mimus_core::{NoHost, Value, eval};
use mimus_induce::BitsProblem;

/// A small generator (Marsaglia's xorshift), so that failures come again.
fn numbers(seed: u64) -> impl FnMut() -> i64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 20 & 0xffff) as i64
    }
}

/// Learns a function of operands of these widths from few rows, adding rows on which the answer is wrong.
#[track_caller]
fn check(widths: &[u8], bits: u8, wanted: fn(&[i64]) -> i64) {
    let mask = (1 << bits) - 1;
    let mut next = numbers(u64::from(bits) + 7);
    let pool: Vec<Vec<i64>> = (0..3000).map(|_| widths.iter().map(|width| next() & ((1 << width) - 1)).collect()).collect();
    let mut rows: Vec<Vec<i64>> = pool[..24].to_vec();
    for _ in 0..40 {
        let wants: Vec<i64> = rows.iter().map(|row| wanted(row) & mask).collect();
        let problem = BitsProblem { rows: &rows, wants: &wants, bits, widths: &[1, 8, 16], given: &[], budget: 30_000_000 };
        let (answers, work) = problem.solve();
        let best = answers.first().unwrap_or_else(|| panic!("nothing found in {work} for {} rows", rows.len()));
        let right = |row: &&Vec<i64>| {
            let args: Vec<Value> = row.iter().map(|value| Value::Int(*value)).collect();
            matches!(eval(&best.expr, &args, &mut NoHost), Ok(Value::Int(found)) if (found ^ wanted(row)) & mask == 0)
        };
        let wrong: Vec<Vec<i64>> = pool.iter().filter(|row| !right(row)).take(24).cloned().collect();
        println!("{} rows: {} (cost {}, work {work})", rows.len(), best.expr, best.cost);
        if wrong.is_empty() {
            return;
        }
        rows.extend(wrong);
    }
    panic!("no end of counterexamples");
}

#[test]
fn sums_wrap() {
    check(&[8, 8, 1], 8, |a| a[0] + a[1] + a[2]);
    check(&[16], 16, |a| a[0] + 3);
    check(&[8, 8], 8, |a| a[0] - a[1] - 1);
}

#[test]
fn words_are_cut_and_joined() {
    check(&[8, 8], 16, |a| a[1] << 8 | a[0]);
    check(&[8, 8], 16, |a| (a[0] + a[1]) & 255);
    check(&[16, 8], 16, |a| a[0] + 2 + i64::from(a[1] as i8));
}

#[test]
fn single_bits_are_read_off() {
    check(&[8, 8, 1], 1, |a| (a[0] + a[1] + a[2]) >> 8);
    check(&[8], 1, |a| i64::from(a[0] == 0));
    check(&[8, 8], 1, |a| i64::from(a[0] >= a[1]));
    check(&[8, 8, 8], 1, |a| ((a[0] ^ a[2]) & (a[1] ^ a[2])) >> 7);
}

#[test]
fn cases_are_told_apart_by_tests_read_off() {
    check(&[8, 8], 8, |a| if a[1] >= 100 { a[0] + 5 } else { a[0] - 3 });
    check(&[8, 8, 1], 8, |a| if a[2] == 1 { a[0] & a[1] } else { a[0] - a[1] });
}

#[test]
fn digits_are_added_half_by_half_where_a_flag_says_so() {
    check(&[8, 8, 1, 1], 8, |a| {
        if a[3] == 0 {
            return a[0] + a[1] + a[2];
        }
        let low = (a[0] & 15) + (a[1] & 15) + a[2];
        let high = (a[0] >> 4) + (a[1] >> 4) + i64::from(low > 9);
        ((if low > 9 { low + 6 } else { low }) & 15) | ((if high > 9 { high + 6 } else { high }) << 4)
    });
}
