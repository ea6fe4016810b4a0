//! From what clients ask to what must hold of rows.

use entity::{node, node_facet::Facet};
use sea_orm::{ActiveEnum, EntityName, IdenStatic};

use super::{
    super::partner::Partner,
    Asked, LIFE_CYCLE, MOST_DEPTH, Many, ManyInRole, One,
    compare::{Compared, DateFilter, LongTextFilter, TextFilter},
};
use crate::{
    error::{Error, Result},
    load::{Is, Key, Path, Relation, Row, Test},
};

/// What must hold of a row, as it is put together.
pub struct Tests {
    asked: Vec<Test>,
    table: &'static str,
    depth: usize,
}

impl Tests {
    /// Of the rows of `R`, in a filter that is inside of so many others.
    pub fn of<R: Row>(depth: usize) -> Result<Self> {
        if depth > MOST_DEPTH {
            return Err(Error::TooMuch(format!(
                "`filter` is nested more than {MOST_DEPTH} deep, which is the limit"
            )));
        }
        Ok(Self {
            asked: Vec::new(),
            table: R::Table::default().table_name(),
            depth,
        })
    }

    /// All that was asked.
    pub fn all(self) -> Test {
        Test::All(self.asked)
    }

    /// That a column of the row is as asked.
    pub fn is(
        &mut self,
        name: &'static str,
        column: &'static str,
        filter: Option<&impl Compared>,
    ) -> Result<()> {
        if let Some(filter) = filter {
            let test = filter.test(name, column)?;
            self.add(name, test);
        }
        Ok(())
    }

    /// That a column of the row's node is as asked.
    pub fn node(
        &mut self,
        name: &'static str,
        column: &'static str,
        filter: Option<&impl Compared>,
    ) -> Result<()> {
        if let Some(filter) = filter {
            let test = filter.test(name, column)?;
            let test = self.of_node(test);
            self.add(name, test);
        }
        Ok(())
    }

    fn of_node(&self, test: Test) -> Test {
        let node = node::Entity.table_name();
        if self.table == node || test.asks_nothing() {
            test
        } else {
            // All that is asked of nodes is found by kind first.
            let of_kind = Test::Is("kind", Is::Equal(Key::Text(self.table.to_owned())));
            Test::Has(Path::having(node, "id").only(of_kind), Box::new(test))
        }
    }

    /// That a text is as asked, which is a column of the row, and folded beside it.
    pub fn text(
        &mut self,
        name: &'static str,
        column: &'static str,
        filter: Option<&TextFilter>,
    ) -> Result<()> {
        if let Some(filter) = filter {
            let test = filter.test(name, column)?;
            self.add(name, test);
            self.containing(name, filter.contains.as_deref())?;
        }
        Ok(())
    }

    /// That a text is as asked that is only looked in.
    pub fn folded(&mut self, name: &'static str, filter: Option<&LongTextFilter>) -> Result<()> {
        if let Some(filter) = filter {
            self.containing(name, filter.contains.as_deref())?;
            if let Some(null) = filter.is_null {
                self.add(name, is_null(folded_text(name), null));
            }
        }
        Ok(())
    }

    fn containing(&mut self, name: &'static str, part: Option<&str>) -> Result<()> {
        if let Some(part) = part {
            let is = super::compare::containing(name, part)?;
            let test = Test::Has(folded_text(name), Box::new(Test::Is("text", is)));
            self.add(name, test);
        }
        Ok(())
    }

    /// That a date is as asked of which only a part may be known: its first day, or year 1, is in one
    /// column and its last day in another.
    pub fn date(
        &mut self,
        name: &'static str,
        first: &'static str,
        last: &'static str,
        filter: Option<&DateFilter>,
    ) {
        self.between(name, first, last, 1, filter);
    }

    /// That a time is as asked, which may last for years.
    pub fn period(
        &mut self,
        name: &'static str,
        first: &'static str,
        last: &'static str,
        filter: Option<&DateFilter>,
    ) {
        self.between(name, first, last, 10_000, filter);
    }

    /// That a time is as asked, which may last for so many years.
    fn between(
        &mut self,
        name: &'static str,
        first: &'static str,
        last: &'static str,
        years: u64,
        filter: Option<&DateFilter>,
    ) {
        if let Some(filter) = filter {
            let test = filter.between(first, last, years);
            self.add(name, test);
        }
    }

    /// That one of the values that a piece is told apart by is as asked.
    pub fn facet(
        &mut self,
        name: &'static str,
        facet: Facet,
        filter: Option<&impl Compared>,
    ) -> Result<()> {
        if let Some(filter) = filter {
            let path = Path::having("node_facet", "node_id").only(of_facet(facet));
            let test = filter.test(name, "value")?;
            if !test.asks_nothing() {
                self.add(name, Test::Has(path, Box::new(test)));
            }
        }
        Ok(())
    }

    /// That the pieces that a relation leads to are as asked.
    pub fn many<Rel: Relation, F: Asked>(
        &mut self,
        name: &'static str,
        filter: Option<&Many<F>>,
    ) -> Result<()> {
        filter.map_or(Ok(()), |filter| {
            self.along(name, &Path::along::<Rel>(), filter)
        })
    }

    /// That the pieces at the end of a path are as asked.
    pub fn along<F: Asked>(
        &mut self,
        name: &'static str,
        path: &Path,
        filter: &Many<F>,
    ) -> Result<()> {
        let Many { some, none, every } = filter;
        self.quantified(name, path, [some, none, every].map(Option::as_deref))
    }

    /// That the pieces that a relation leads to, in some roles, are as asked.
    pub fn many_in_role<Rel: Relation, F: Asked>(
        &mut self,
        name: &'static str,
        filter: Option<&ManyInRole<F>>,
    ) -> Result<()> {
        let Some(filter) = filter else {
            return Ok(());
        };
        let ManyInRole {
            some,
            none,
            every,
            role,
        } = filter;
        let mut path = Path::along::<Rel>();
        let role = role.as_ref().map(|role| role.test(name, "role"));
        if let Some(role) = role.transpose()?.filter(|role| !role.asks_nothing()) {
            path = path.where_link(role);
            if some.is_none() && none.is_none() && every.is_none() {
                self.add(name, is_null(path.clone(), false));
            }
        }
        self.quantified(name, &path, [some, none, every].map(Option::as_deref))
    }

    fn quantified<F: Asked>(
        &mut self,
        name: &'static str,
        path: &Path,
        [some, none, every]: [Option<&F>; 3],
    ) -> Result<()> {
        if let Some(some) = some {
            let test = self.has(path, some, |test| test)?;
            self.add(name, test);
        }
        if let Some(none) = none {
            let test = self.has(path, none, |test| test)?;
            self.add(name, Test::Not(Box::new(test)));
        }
        if let Some(every) = every {
            let test = self.has(path, every, |test| Test::Not(Box::new(test)))?;
            self.add(name, Test::Not(Box::new(test)));
        }
        Ok(())
    }

    /// That the piece which a column names is as asked.
    pub fn one<R: Row, F: Asked>(
        &mut self,
        name: &'static str,
        column: impl IdenStatic,
        filter: Option<&One<F>>,
    ) -> Result<()> {
        if let Some(filter) = filter {
            let test = self.linked(&Path::to::<R>(column), filter)?;
            self.add(name, test);
        }
        Ok(())
    }

    /// That the agency whose duty a piece is is as asked.
    pub fn owner<F: Asked>(&mut self, name: &'static str, filter: Option<&One<F>>) -> Result<()> {
        if let Some(filter) = filter {
            let test = self.linked(&Path::to::<Partner>(node::Column::OwnerId), filter)?;
            let test = self.of_node(test);
            self.add(name, test);
        }
        Ok(())
    }

    fn linked<F: Asked>(&self, path: &Path, filter: &One<F>) -> Result<Test> {
        let mut tests = Vec::new();
        if let Some(is) = &filter.is {
            tests.push(self.has(path, &**is, |test| test)?);
        }
        if let Some(null) = filter.is_null {
            tests.push(is_null(path.clone(), null));
        }
        Ok(Test::All(tests))
    }

    fn has<F: Asked>(&self, path: &Path, filter: &F, of: impl Fn(Test) -> Test) -> Result<Test> {
        let test = filter.test(self.depth + 1)?;
        let path = path.clone();
        let path = if test.names(LIFE_CYCLE) {
            path.whatever_state()
        } else {
            path
        };
        Ok(Test::Has(path, Box::new(of(test))))
    }

    /// What stands in `and`, `or` and `not`.
    pub fn combined<F: Asked>(
        &mut self,
        and: Option<&[F]>,
        or: Option<&[F]>,
        not: Option<&F>,
    ) -> Result<()> {
        let inside = |filters: &[F]| -> Result<Vec<_>> {
            let filters = filters.iter();
            filters.map(|filter| filter.test(self.depth + 1)).collect()
        };
        let mut tests = Vec::new();
        if let Some(and) = and {
            tests.extend(inside(and)?);
        }
        if let Some(or) = or {
            tests.push(Test::Any(inside(or)?));
        }
        if let Some(not) = not {
            tests.push(Test::Not(Box::new(not.test(self.depth + 1)?)));
        }
        self.asked.extend(tests);
        Ok(())
    }

    fn add(&mut self, name: &'static str, test: Test) {
        // `kind: {}` and `kind: {eq: null}` are as if they were not there.
        if test.asks_nothing() {
            return;
        }
        self.asked.push(Test::Named(name, Box::new(test)));
    }
}

/// That nothing is at the end of a path, or that something is.
fn is_null(path: Path, null: bool) -> Test {
    let some = Test::Has(path, Box::new(Test::always()));
    if null {
        Test::Not(Box::new(some))
    } else {
        some
    }
}

/// That a value is of this facet.
pub fn of_facet(facet: Facet) -> Test {
    Test::Is("facet", Is::Equal(Key::Text(facet.to_value())))
}

/// The folded text of a row that is known by this name.
fn folded_text(name: &'static str) -> Path {
    let of_field = Test::Is("field", Is::Equal(Key::Text(name.to_owned())));
    Path::having("folded_text", "node_id").only(of_field)
}
