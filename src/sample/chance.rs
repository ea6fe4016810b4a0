//! Chance that is the same every time: it follows from a piece's kind and number.

use chrono::{Datelike, Days, NaiveDate};
use entity::{node::Kind, precision::Precision};
use sea_orm::Iterable;

use crate::document::PartialDate;

/// What chance has in store for one piece.
pub(super) struct Chance(u64);

const FIRST_DAY: NaiveDate =
    NaiveDate::from_ymd_opt(2014, 1, 1).expect("it is a day of the calendar");

/// From the first day of 2014 to the last of 2026.
const DAYS: u64 = 13 * 365 + 3;

impl Chance {
    /// For the piece of this kind and number.
    pub(super) fn of(kind: Kind, index: usize) -> Self {
        let start = Self(kind as u64).draw();
        Self(start.wrapping_add(index as u64))
    }

    /// The next number, of the generator `SplitMix64` by Sebastiano Vigna
    /// (<https://prng.di.unimi.it/splitmix64.c>).
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, this one.
    pub(super) fn below(&mut self, end: u16) -> u16 {
        let number = self.draw() % u64::from(end);
        u16::try_from(number).expect("it is below a u16")
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: u16) -> bool {
        self.below(times) == 0
    }

    /// One of so many; none of none.
    pub(super) fn index(&mut self, count: usize) -> Option<usize> {
        let index = self.draw().checked_rem(count as u64)?;
        usize::try_from(index).ok()
    }

    /// So many, each another, of so many; fewer if there are not enough.
    pub(super) fn indexes(&mut self, wanted: u16, count: usize) -> Vec<usize> {
        let wanted = count.min(usize::from(wanted));
        let mut indexes = Vec::with_capacity(wanted);
        while indexes.len() < wanted {
            indexes.extend(self.index(count).filter(|index| !indexes.contains(index)));
        }
        indexes
    }

    /// One of these, of which there is at least one.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        let index = self.index(all.len());
        all[index.expect("there is at least one")]
    }

    /// Any value of an enum.
    pub(super) fn any<T: Iterable + Copy>(&mut self) -> T {
        let all: Vec<T> = T::iter().collect();
        self.one_of(&all)
    }

    /// A day from 2014 to 2026.
    pub(super) fn day(&mut self) -> NaiveDate {
        FIRST_DAY + Days::new(self.draw() % DAYS)
    }

    /// A date from 2014 to 2026: most to the day, some to the month or year, some not known.
    pub(super) fn date(&mut self) -> Option<PartialDate> {
        let day = self.day();
        let (date, precision) = match self.below(12) {
            0 => return None,
            1 => (day.with_ordinal(1), Precision::Year),
            2 | 3 => (day.with_day(1), Precision::Month),
            _ => (Some(day), Precision::Day),
        };
        PartialDate::from_columns(date, Some(precision))
    }

    /// A day until 2026 that is not before this date.
    pub(super) fn day_after(&mut self, start: PartialDate) -> Option<PartialDate> {
        let day = self.day().max(start.last_day());
        PartialDate::from_columns(Some(day), Some(Precision::Day))
    }
}
