//! What clients can ask of one value.

use std::borrow::Cow;

use async_graphql::{ID, InputObject, InputType, TypeName, Value};
use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{super::scalar::Date, named};
use crate::{
    document::{Decimal, Id, NO_DAY, PartialDate},
    error::{Error, Result},
    load::{Is, Key, Test, in_calendar},
    search::fold,
};

/// What is asked of the value of one column.
pub trait Compared {
    /// As a test of a column. `name` is what clients call it.
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test>;
}

/// A word must be equal to this.
#[derive(InputObject)]
pub struct WordFilter {
    /// It is this, to the letter.
    eq: Option<String>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
}

/// A word, which may be missing, must be equal to this.
#[derive(InputObject)]
pub struct OptionalWordFilter {
    /// It is this, to the letter.
    eq: Option<String>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Whether there is none.
    is_null: Option<bool>,
}

/// A text, which may be missing, must be like this.
#[derive(InputObject)]
pub struct TextFilter {
    /// It is this, to the letter.
    eq: Option<String>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// This is somewhere in it. Case and accents do not count, in any language.
    pub(super) contains: Option<String>,
    /// Whether there is none.
    is_null: Option<bool>,
}

/// A text must be like this.
#[derive(InputObject)]
pub struct LongTextFilter {
    /// This is somewhere in it. Case and accents do not count, in any language.
    pub(super) contains: Option<String>,
    /// Whether there is none.
    pub(super) is_null: Option<bool>,
}

/// A title must be like this. Case and accents do not count, in any language.
#[derive(InputObject)]
pub struct TitleFilter {
    /// It is this.
    eq: Option<String>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// This is somewhere in it.
    contains: Option<String>,
    /// It begins with this.
    starts_with: Option<String>,
}

/// An identifier must be equal to this.
#[derive(InputObject)]
pub struct IdFilter {
    /// It is this.
    eq: Option<ID>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<ID>>,
}

/// A number must be like this.
#[derive(InputObject)]
pub struct IntFilter {
    /// It is this.
    eq: Option<i32>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<i32>>,
    /// It is this or more.
    gte: Option<i32>,
    /// It is more than this.
    gt: Option<i32>,
    /// It is this or less.
    lte: Option<i32>,
    /// It is less than this.
    lt: Option<i32>,
}

/// A number, which may be missing, must be like this.
#[derive(InputObject)]
pub struct OptionalIntFilter {
    #[graphql(flatten)]
    number: IntFilter,
    /// Whether there is none.
    is_null: Option<bool>,
}

/// A year must be equal to this.
#[derive(InputObject)]
pub struct YearFilter {
    /// It is this.
    eq: Option<i32>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<i32>>,
}

/// An exact number must be like this.
#[derive(InputObject)]
pub struct DecimalFilter {
    /// It is this.
    eq: Option<Decimal>,
    /// It is one of these: at most 100.
    #[graphql(name = "in")]
    one_of: Option<Vec<Decimal>>,
    /// It is this or more.
    gte: Option<Decimal>,
    /// It is more than this.
    gt: Option<Decimal>,
    /// It is this or less.
    lte: Option<Decimal>,
    /// It is less than this.
    lt: Option<Decimal>,
}

/// A moment must be like this.
#[derive(InputObject)]
pub struct DateTimeFilter {
    /// It is then or later.
    gte: Option<DateTime<Utc>>,
    /// It is later.
    gt: Option<DateTime<Utc>>,
    /// It is then or earlier.
    lte: Option<DateTime<Utc>>,
    /// It is earlier.
    lt: Option<DateTime<Utc>>,
}

/// A day, which may be missing, must be like this.
#[derive(InputObject)]
pub struct DayFilter {
    /// It is this.
    eq: Option<Date>,
    /// It is this or later.
    gte: Option<Date>,
    /// It is later than this.
    gt: Option<Date>,
    /// It is this or earlier.
    lte: Option<Date>,
    /// It is earlier than this.
    lt: Option<Date>,
    /// Whether there is none.
    is_null: Option<bool>,
}

/// A date must be like this. Of a date, as of what it is compared with, only the year or the month may be
/// known: it stands for all its days. It meets what is asked if one of its days does, so that `2024-10`
/// is found by `{gte: "2024-10-15"}`, by `{lte: "2024-10-15"}`, by `{eq: "2024"}` and by
/// `{eq: "2024-10-08"}`, but neither by `{gt: "2024-10"}` nor by `{lt: "2024-10"}`.
#[derive(InputObject)]
pub struct DateFilter {
    /// It is then: it has a day in common with this.
    eq: Option<PartialDate>,
    /// It is then or later: it has a day not before this.
    gte: Option<PartialDate>,
    /// It is later: it has a day after all days of this.
    gt: Option<PartialDate>,
    /// It is then or earlier: it has a day not after this.
    lte: Option<PartialDate>,
    /// It is earlier: it has a day before all days of this.
    lt: Option<PartialDate>,
    /// Whether there is none.
    is_null: Option<bool>,
}

/// It must be equal to this.
#[derive(InputObject)]
#[graphql(name_type)]
pub struct EnumFilter<E: InputType> {
    /// It is this.
    eq: Option<E>,
    /// It is one of these.
    #[graphql(name = "in")]
    one_of: Option<Vec<E>>,
}

impl<E: InputType> TypeName for EnumFilter<E> {
    fn type_name() -> Cow<'static, str> {
        named(&E::type_name(), "", "Filter")
    }
}

/// How many values an `in` has.
pub const MOST_VALUES: usize = 100;

/// How many characters a text has that is looked for.
pub const MOST_CHARACTERS: usize = 200;

fn equal(
    column: &'static str,
    name: &str,
    one: Option<Key>,
    one_of: Option<Vec<Key>>,
) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    if let Some(key) = one {
        tests.push(Is::Equal(key));
    }
    if let Some(keys) = one_of {
        let length = keys.len();
        if length > MOST_VALUES {
            return Err(Error::TooMuch(format!(
                "`{name}.in` has {length} values, but at most {MOST_VALUES} are compared"
            )));
        }
        tests.push(Is::OneOf(keys));
    }
    Ok(tests.into_iter().map(|is| Test::Is(column, is)).collect())
}

fn null(column: &'static str, is_null: Option<bool>) -> Option<Test> {
    let nothing = Test::Is(column, Is::Nothing);
    is_null.map(|null| {
        if null {
            nothing
        } else {
            Test::Not(Box::new(nothing))
        }
    })
}

fn range<T>(
    column: &'static str,
    key: impl Fn(T) -> Key,
    [gte, gt, lte, lt]: [Option<T>; 4],
) -> impl Iterator<Item = Test> {
    let bounds = [
        gte.map(&key).map(Is::AtLeast),
        gt.map(&key).map(Is::Above),
        lte.map(&key).map(Is::AtMost),
        lt.map(&key).map(Is::Below),
    ];
    bounds
        .into_iter()
        .flatten()
        .map(move |is| Test::Is(column, is))
}

/// No text of ours has a NUL, and PostgreSQL takes none: what has one is equal to nothing.
fn text(text: &str) -> Key {
    Key::Text(text.replace('\0', "\u{fffd}"))
}

fn texts(texts: Option<&Vec<String>>) -> Option<Vec<Key>> {
    texts.map(|texts| texts.iter().map(|word| text(word)).collect())
}

/// A text to look for, folded.
fn sought(name: &str, text: &str) -> Result<String> {
    let length = text.chars().count();
    if length > MOST_CHARACTERS {
        return Err(Error::TooMuch(format!(
            "`{name}` is compared with {length} characters, but at most {MOST_CHARACTERS} are looked for"
        )));
    }
    Ok(fold(text).replace('\0', "\u{fffd}"))
}

/// That a text is somewhere in a folded one.
pub(super) fn containing(name: &str, text: &str) -> Result<Is> {
    Ok(Is::Containing(sought(name, text)?))
}

impl Compared for WordFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let one = self.eq.as_deref().map(text);
        equal(column, name, one, texts(self.one_of.as_ref())).map(Test::All)
    }
}

impl Compared for OptionalWordFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let one = self.eq.as_deref().map(text);
        let mut tests = equal(column, name, one, texts(self.one_of.as_ref()))?;
        tests.extend(null(column, self.is_null));
        Ok(Test::All(tests))
    }
}

/// All but `contains`, which is asked of the folded text.
impl Compared for TextFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let one = self.eq.as_deref().map(text);
        let mut tests = equal(column, name, one, texts(self.one_of.as_ref()))?;
        tests.extend(null(column, self.is_null));
        Ok(Test::All(tests))
    }
}

/// The column is folded.
impl Compared for TitleFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let folded = |title: &String| Ok(Key::Text(sought(name, title)?.trim().to_owned()));
        let one = self.eq.as_ref().map(folded).transpose()?;
        let one_of = self
            .one_of
            .as_ref()
            .map(|titles| titles.iter().map(folded).collect::<Result<_>>())
            .transpose()?;
        let mut tests = equal(column, name, one, one_of)?;
        if let Some(part) = &self.contains {
            tests.push(Test::Is(column, containing(name, part)?));
        }
        if let Some(start) = &self.starts_with {
            let start = sought(name, start)?.trim_start().to_owned();
            tests.push(Test::Is(column, Is::StartingWith(start)));
        }
        Ok(Test::All(tests))
    }
}

impl Compared for IdFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let key = |id: &ID| super::super::node::parse(id).map(|Id { node, .. }| Key::Id(node));
        let one = self.eq.as_ref().map(key).transpose()?;
        let one_of = self
            .one_of
            .as_ref()
            .map(|ids| ids.iter().map(key).collect::<Result<_>>())
            .transpose()?;
        equal(column, name, one, one_of).map(Test::All)
    }
}

fn int(number: i32) -> Key {
    Key::Int(number.into())
}

impl Compared for IntFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let one_of = self.one_of.as_ref();
        let one_of = one_of.map(|numbers| numbers.iter().copied().map(int).collect());
        let mut tests = equal(column, name, self.eq.map(int), one_of)?;
        tests.extend(range(column, int, [self.gte, self.gt, self.lte, self.lt]));
        Ok(Test::All(tests))
    }
}

impl Compared for OptionalIntFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let mut tests = vec![self.number.test(name, column)?];
        tests.extend(null(column, self.is_null));
        Ok(Test::All(tests))
    }
}

/// The column has years as texts.
impl Compared for YearFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let year = |year: i32| Key::Text(format!("{year:04}"));
        let one_of = self.one_of.as_ref();
        let one_of = one_of.map(|years| years.iter().copied().map(year).collect());
        equal(column, name, self.eq.map(year), one_of).map(Test::All)
    }
}

impl Compared for DecimalFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let key = |number: Decimal| Key::Int(number.micros());
        let one_of = self.one_of.as_ref();
        let one_of = one_of.map(|numbers| numbers.iter().copied().map(key).collect());
        let mut tests = equal(column, name, self.eq.map(key), one_of)?;
        tests.extend(range(column, key, [self.gte, self.gt, self.lte, self.lt]));
        Ok(Test::All(tests))
    }
}

impl Compared for DateTimeFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let bounds = [self.gte, self.gt, self.lte, self.lt];
        if let Some(moment) = bounds
            .iter()
            .flatten()
            .find(|moment| !in_calendar(**moment))
        {
            return Err(Error::BadInput(format!(
                "`{name}` is compared with the year {}: years go from 1 to 9999",
                moment.format("%Y")
            )));
        }
        Ok(Test::All(range(column, Key::Moment, bounds).collect()))
    }
}

impl Compared for DayFilter {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let key = |date: Date| Key::Date(date.0);
        let mut tests = equal(column, name, self.eq.map(key), None)?;
        tests.extend(range(column, key, [self.gte, self.gt, self.lte, self.lt]));
        tests.extend(null(column, self.is_null));
        Ok(Test::All(tests))
    }
}

impl DateFilter {
    /// As a test of the first day, which is year 1 if there is none, and the last. The time between the
    /// two is at most so many years: an index on the first day finds what ends after a day, too.
    pub(super) fn between(&self, first: &'static str, last: &'static str, years: u64) -> Test {
        let known = || Test::Is(first, Is::Above(Key::Date(NO_DAY)));
        let ends = |day: NaiveDate, is: fn(Key) -> Is| {
            let earliest = day.checked_sub_days(Days::new(366 * years));
            let earliest = earliest.unwrap_or(NO_DAY).max(NO_DAY);
            Test::All(vec![
                Test::Is(first, Is::AtLeast(Key::Date(earliest))),
                known(),
                Test::Is(last, is(Key::Date(day))),
            ])
        };
        let starts = |day: NaiveDate, is: fn(Key) -> Is| {
            Test::All(vec![known(), Test::Is(first, is(Key::Date(day)))])
        };
        let mut tests = Vec::new();
        if let Some(date) = self.eq {
            tests.push(ends(date.first_day(), Is::AtLeast));
            tests.push(starts(date.last_day(), Is::AtMost));
        }
        tests.extend(self.gte.map(|date| ends(date.first_day(), Is::AtLeast)));
        tests.extend(self.gt.map(|date| ends(date.last_day(), Is::Above)));
        tests.extend(self.lte.map(|date| starts(date.last_day(), Is::AtMost)));
        tests.extend(self.lt.map(|date| starts(date.first_day(), Is::Below)));
        tests.extend(self.is_null.map(|null| {
            if null {
                Test::Is(first, Is::Equal(Key::Date(NO_DAY)))
            } else {
                known()
            }
        }));
        Test::All(tests)
    }
}

impl<E: InputType> Compared for EnumFilter<E> {
    fn test(&self, name: &'static str, column: &'static str) -> Result<Test> {
        let one_of = self.one_of.as_ref();
        let one_of = one_of.map(|words| words.iter().map(word).collect());
        equal(column, name, self.eq.as_ref().map(word), one_of).map(Test::All)
    }
}

/// Enums are stored as their names, in small letters.
fn word<E: InputType>(value: &E) -> Key {
    let name = match value.to_value() {
        Value::Enum(name) => name.to_lowercase(),
        other => unreachable!("{other} is no enum"),
    };
    Key::Text(name)
}

/// Whether it is so.
impl Compared for bool {
    fn test(&self, _: &'static str, column: &'static str) -> Result<Test> {
        Ok(Test::Is(column, Is::Equal(Key::Bool(*self))))
    }
}
