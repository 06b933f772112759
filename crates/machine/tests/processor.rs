//! Made-up processors: narrow, wide, with codes of several cells, with memories of every form.

use mimus_knowledge::{Processor, Target};
use mimus_machine::processor::{Cells, Core, Halt, Running};

/// Twelve-bit addresses, six-bit cells: a dense memory, and codes that are looked up in a table.
const NARROW: &str = r#"mimus processor 1
teacher "narrow"
layout {"registers":[{"name":"ip","bits":12},{"name":"k","bits":6},{"name":"f","bits":2,"fields":[{"name":"lo","low":0,"bits":1},{"name":"hi","low":1,"bits":1}]}],"memory":{"address":12,"cell":6},"code":{"at":"ip","cells":1}}

instruction 01
  read
    means 1 add(a0, 1)
  set k
    means 1 add(a1, a4)
  set lo
    means 1 bit_of(equal(a5, 0))
  set ip
    means 1 add(a0, 2)
instruction 02
  address 0
    means 1 add(2048, a1)
  value 0
    means 1 subtract(a1, 1)
  address 1
    means 1 a4
  value 1
    means 1 add(a1, 1)
  set ip
    means 1 add(a0, 1)
instruction 03
  set ip
    means 1 a0
instruction 04
  set lo
    means 1 a3
  set hi
    means 1 a2
  set ip
    means 1 add(a0, 1)
instruction 05
  set lo
    means 1 0
  set ip
    means 1 add(a0, 1)
  stop
    means 1 a2
instruction 06
  set k
    means 1 quotient(60, a1)
  set ip
    means 1 add(a0, 1)
instruction 07
  set k
  set ip
    means 1 add(a0, 1)
instruction 08
  set k
    means 0.6 add(a1, 1)
    means 0.3 bit_or(a1, 1)
  set ip
    means 0.9 add(a0, 1)
instruction 09
  set k
    means 1 power(a1, 2)
  set ip
    means 1 add(a0, 1)
"#;

/// The same codes with cells too wide to be looked up, so that memory is sparse.
fn sparse() -> String {
    NARROW.replace("\"cell\":6", "\"cell\":10")
}

fn run(text: &str, code: &[u64], set: &[u64], fuel: u64, stop_on_loop: bool) -> (Halt, Running) {
    let processor = Processor::from_text("test", text).unwrap();
    let core = Core::new(&processor);
    let mut running = core.start();
    for (at, cell) in (0..).zip(code) {
        running.cells.set(at, *cell);
    }
    running.parts[..set.len()].copy_from_slice(set);
    let halt = core.run(&mut running, fuel, stop_on_loop);
    (halt, running)
}

/// Parts are `ip k lo hi`.
#[track_caller]
fn ends(code: &[u64], set: &[u64], fuel: u64, halt: Halt, parts: [u64; 4], count: u64) {
    for text in [NARROW.to_string(), sparse()] {
        let (why, running) = run(&text, code, set, fuel, true);
        assert_eq!((&why, &running.parts[..], running.count), (&halt, &parts[..], count), "{text}");
    }
}

#[test]
fn runs_end_where_and_when_they_should() {
    ends(&[1, 5, 3], &[], 100, Halt::Loop, [2, 5, 0, 0], 2);
    ends(&[1, 5, 3], &[], 2, Halt::Loop, [2, 5, 0, 0], 2);
    ends(&[1, 5, 3], &[], 1, Halt::Fuel, [2, 5, 0, 0], 1);
    ends(&[1, 5, 3], &[], 0, Halt::Fuel, [0, 0, 0, 0], 0);
    ends(&[1, 0], &[], 1, Halt::Fuel, [2, 0, 1, 0], 1);
    ends(&[1, 5], &[], 9, Halt::NotLearned(vec![0], None), [2, 5, 0, 0], 1);
    ends(&[7], &[], 9, Halt::NotLearned(vec![7], Some(Target::Part(1))), [0, 0, 0, 0], 0);
    // Divided by zero: undefined, upon which nothing of the step happens.
    ends(&[6], &[], 9, Halt::NotLearned(vec![6], Some(Target::Part(1))), [0, 0, 0, 0], 0);
    ends(&[6, 3], &[0, 7], 9, Halt::Loop, [1, 8, 0, 0], 2);
    // The slow way among fast ones.
    ends(&[9, 1, 5, 3], &[0, 9], 9, Halt::Loop, [3, (81 + 5) % 64, 0, 0], 3);
}

#[test]
fn a_loop_goes_on_where_it_is_not_to_end_the_run() {
    for text in [NARROW.to_string(), sparse()] {
        let (why, running) = run(&text, &[3], &[], 1000, false);
        assert_eq!((why, running.count), (Halt::Fuel, 1000));
    }
}

#[test]
fn everything_is_taken_from_the_state_before() {
    ends(&[4, 3], &[0, 0, 1, 0], 9, Halt::Loop, [1, 0, 0, 1], 2);
    // What decides about stopping is overwritten by the same step.
    ends(&[5, 5], &[0, 0, 1, 0], 9, Halt::Stopped, [1, 0, 0, 0], 1);
    ends(&[5, 3], &[0, 0, 0, 0], 9, Halt::Loop, [1, 0, 0, 0], 2);
}

#[test]
fn writes_happen_in_order() {
    for text in [NARROW.to_string(), sparse()] {
        let (_, running) = run(&text, &[2, 3], &[0, 0], 9, true);
        assert_eq!(running.cells.get(2048), 1, "the second write is the last");
    }
    let (_, narrow) = run(NARROW, &[2], &[0, 63], 1, true);
    assert_eq!(narrow.cells.get(2048 + 63), 0, "a cell has six bits");
    let (_, wide) = run(&sparse(), &[2], &[0, 63], 1, true);
    assert_eq!(wide.cells.get(2048 + 63), 64);
}

#[test]
fn addresses_wrap() {
    for text in [NARROW.to_string(), sparse()] {
        let processor = Processor::from_text("test", &text).unwrap();
        let core = Core::new(&processor);
        let mut running = core.start();
        running.cells.set(4095, 1);
        running.cells.set(0, 9);
        running.parts[0] = 4095;
        assert_eq!(core.run(&mut running, 1, true), Halt::Fuel);
        assert_eq!(running.parts[..2], [1, 9]);
    }
}

#[test]
fn runs_can_be_taken_up_again() {
    let (_, whole) = run(NARROW, &[1, 5, 1, 6, 4, 1, 7, 3], &[0, 1, 1, 0], 99, true);
    let processor = Processor::from_text("test", NARROW).unwrap();
    let core = Core::new(&processor);
    let mut running = run(NARROW, &[1, 5, 1, 6, 4, 1, 7, 3], &[0, 1, 1, 0], 0, true).1;
    while core.run(&mut running, 1, true) == Halt::Fuel {}
    assert_eq!((whole.parts, whole.count), (running.parts, running.count));
}

#[test]
fn an_answer_tells_how_sure_it_is() {
    let processor = Processor::from_text("test", NARROW).unwrap();
    let core = Core::new(&processor);
    let ask = |k: u64| core.ask(&[0, k, 0, 0], &|at| if at == 0 { 8 } else { 0 }).unwrap();
    // Both rivals give the same for an even number.
    assert!((ask(4).confidence - 0.9 * 0.9).abs() < 1e-9);
    let odd = ask(5);
    assert!((odd.confidence - 0.6 * 0.9).abs() < 1e-9);
    assert_eq!(odd.doubt.map(|doubt| doubt.target), Some(Target::Part(1)));
    assert_eq!(odd.parts, [1, 6, 0, 0]);
    assert_eq!(core.ask(&[0; 4], &|_| 44), Err(Halt::NotLearned(vec![44], None)));
}

/// Codes of two cells, and integers that fill 64 bits: all of it goes the slow way.
const WIDE: &str = r#"mimus processor 1
teacher "wide"
layout {"registers":[{"name":"at","bits":64},{"name":"w","bits":64}],"memory":{"address":64,"cell":64},"code":{"at":"at","cells":2}}

instruction 01 ffffffffffffffff
  read
    means 1 add(a0, 2)
  set w
    means 1 add(multiply(a1, 3), a2)
  set at
    means 1 add(a0, 3)
instruction 02 00
  address 0
    means 1 a1
  value 0
    means 1 subtract(0, a1)
  set at
    means 1 a0
"#;

#[test]
fn wide_registers_and_codes_of_two_cells() {
    let max = u64::MAX;
    let (why, running) = run(WIDE, &[1, max, 7, 2, 0], &[0, max], 9, true);
    assert_eq!(why, Halt::Loop);
    assert_eq!((running.parts, running.count), (vec![3, 4], 2));
    assert_eq!(running.cells.get(4), 4_u64.wrapping_neg());
    // Across the end of memory.
    let processor = Processor::from_text("test", WIDE).unwrap();
    let core = Core::new(&processor);
    let mut running = core.start();
    running.parts[0] = max;
    [(max, 1), (0, max), (1, 40)].into_iter().for_each(|(at, value)| running.cells.set(at, value));
    assert_eq!(core.run(&mut running, 1, true), Halt::Fuel);
    assert_eq!(running.parts, [2, 40]);
    assert_eq!(run(WIDE, &[2, 1], &[], 9, true).0, Halt::NotLearned(vec![2, 1], None));
}

#[test]
fn images_that_do_not_fit_are_told() {
    let memory = mimus_trace::step::Memory { address: 4, cell: 6 };
    let mut cells = Cells::new(&memory);
    assert_eq!(cells.load(&memory, 14, &[1, 2, 3]), 1);
    assert_eq!((cells.get(14), cells.get(15), cells.get(0)), (1, 2, 0));
}
