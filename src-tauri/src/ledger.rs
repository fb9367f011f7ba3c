//! 账本 — the one open ledger behind the window.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use chrono::NaiveDate;
use gongji_api::{ApiError, ErrorCode, Gongji, Message};

use crate::clock::Clock;

/// The open ledger and the clock; one command at a time.
pub struct Ledger {
    gongji: Mutex<Gongji>,
    clock: Clock,
}

impl Ledger {
    pub fn new(gongji: Gongji, clock: Clock) -> Self {
        Self {
            gongji: Mutex::new(gongji),
            clock,
        }
    }

    /// Runs one command with today's date. A fault of the program in it becomes an error the
    /// window can show, instead of an answer that never comes.
    pub fn ask<T>(
        &self,
        command: impl FnOnce(&mut Gongji, NaiveDate) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut gongji = self.gongji.lock().unwrap_or_else(PoisonError::into_inner);
        let today = self.clock.today();
        // What a command leaves half done is a transaction, and that is rolled back on unwinding.
        panic::catch_unwind(AssertUnwindSafe(|| command(&mut gongji, today)))
            .unwrap_or_else(|_| Err(internal()))
    }
}

fn internal() -> ApiError {
    ApiError {
        code: ErrorCode::Internal,
        field: None,
        message: Message::new("error.internal"),
        hint: None,
    }
}
