//! What clients can have lists go by.

use std::borrow::Cow;

use async_graphql::{Enum, InputObject, InputType, TypeName};
use sea_orm::EntityTrait;

use super::{filter::named, lists::Listed};
use crate::{
    error::{Error, Result},
    load::{By, Order, Row, Terms, Way},
};

/// A column that clients can have a list go by.
pub trait OrderField<C>: InputType + Copy {
    /// The column.
    fn by(self) -> By<C>;
}

/// What a list goes by. What has no value counts as the least: it comes first where the smallest comes
/// first, and last where the greatest does.
#[derive(InputObject)]
#[graphql(name_type)]
pub struct OrderBy<F: InputType> {
    /// What is compared.
    field: F,
    /// Which way: `ASC` if not given.
    direction: Option<OrderDirection>,
}

impl<F: InputType> TypeName for OrderBy<F> {
    fn type_name() -> Cow<'static, str> {
        named(&F::type_name(), "Field", "")
    }
}

/// Which way a list goes.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderDirection {
    /// The smallest, the earliest, the first by its letters first.
    Asc,
    /// The greatest, the latest, the last by its letters first.
    Desc,
}

/// How many terms an order has.
pub const MOST_TERMS: usize = 5;

type Column<R> = <<R as Row>::Table as EntityTrait>::Column;

/// The order that a client asks for; none if it does not.
pub fn terms<R: Listed>(order_by: Option<&[OrderBy<R::OrderField>]>) -> Result<Option<Terms>> {
    let Some(terms) = order_by.filter(|terms| !terms.is_empty()) else {
        return Ok(None);
    };
    if terms.len() > MOST_TERMS {
        return Err(Error::TooMuch(format!(
            "`orderBy` has {} terms, but at most {MOST_TERMS} are gone by",
            terms.len()
        )));
    }
    let by = terms.iter().map(|term| {
        let way = match term.direction {
            None | Some(OrderDirection::Asc) => Way::Up,
            Some(OrderDirection::Desc) => Way::Down,
        };
        (OrderField::<Column<R>>::by(term.field), way)
    });
    let order = Order::each(by.collect());
    Ok(Some(Terms::new::<R::Table, R::Table>(&order)))
}
