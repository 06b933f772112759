//! Time limits.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use mimus_machine::Interrupt;

/// Interrupts a machine that takes too long.
pub struct Clock {
    orders: Sender<Option<Interrupt>>,
}

impl Clock {
    /// A clock with so much patience.
    pub fn new(patience: Duration) -> Self {
        let (orders, received) = channel();
        thread::spawn(move || watch(&received, patience));
        Self { orders }
    }

    /// Something begins to run.
    pub fn start(&self, interrupt: Interrupt) {
        // The clock ends with its owner only.
        let _ = self.orders.send(Some(interrupt));
    }

    /// It has ended.
    pub fn stop(&self) {
        let _ = self.orders.send(None);
    }
}

fn watch(orders: &Receiver<Option<Interrupt>>, patience: Duration) {
    let mut running: Option<Interrupt> = None;
    loop {
        let order = match &running {
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(_) => orders.recv_timeout(patience),
        };
        match order {
            Ok(next) => running = next,
            Err(RecvTimeoutError::Timeout) => {
                if let Some(interrupt) = running.take() {
                    interrupt.interrupt();
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}
