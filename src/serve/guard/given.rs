//! What arguments and directives say once variables are filled in.

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{Directive, Field, OperationDefinition, VariableDefinition},
};
use async_graphql_value::Value as Written;

/// The variables of a request.
pub(super) struct Given<'r> {
    sent: &'r Variables,
    definitions: &'r [Positioned<VariableDefinition>],
}

/// A value that is given: never null.
#[derive(Clone, Copy)]
pub(super) enum Argument<'r> {
    /// As it stands in the document; what is in it may be a variable.
    Written(&'r Written),
    /// Of the variable with this name, or in its value.
    Sent(&'r Value),
}

impl<'r> Given<'r> {
    pub(super) fn to(operation: &'r OperationDefinition, sent: &'r Variables) -> Self {
        Self {
            sent,
            definitions: &operation.variable_definitions,
        }
    }

    /// The argument's value; none if it is not given, or null.
    pub(super) fn argument(&self, field: &'r Field, name: &str) -> Option<Argument<'r>> {
        self.filled_in(&field.get_argument(name)?.node)
    }

    pub(super) fn filled_in(&self, value: &'r Written) -> Option<Argument<'r>> {
        match value {
            Written::Null => None,
            Written::Variable(name) => self.variable(name).map(Argument::Sent),
            value => Some(Argument::Written(value)),
        }
    }

    fn variable(&self, name: &Name) -> Option<&'r Value> {
        let default = || {
            let mut definitions = self.definitions.iter();
            let definition = definitions.find(|it| it.node.name.node == *name)?;
            Some(&definition.node.default_value.as_ref()?.node)
        };
        let value = self.sent.get(name).or_else(default);
        value.filter(|value| **value != Value::Null)
    }

    pub(super) fn integer(&self, field: &'r Field, name: &str) -> Option<i64> {
        match self.argument(field, name)? {
            Argument::Written(Written::Number(number)) | Argument::Sent(Value::Number(number)) => {
                number.as_i64()
            }
            _ => None,
        }
    }

    /// How many an argument lists: what is no list stands for one that has it alone.
    pub(super) fn length(&self, field: &'r Field, name: &str) -> Option<u64> {
        let length = match self.argument(field, name)? {
            Argument::Written(Written::List(items)) => items.len(),
            Argument::Sent(Value::List(items)) => items.len(),
            _ => 1,
        };
        Some(length as u64)
    }

    /// Whether `@skip` or `@include` leave out what has these directives.
    pub(super) fn leave_out(&self, directives: &'r [Positioned<Directive>]) -> bool {
        directives.iter().any(|directive| {
            let without = match directive.node.name.node.as_str() {
                "skip" => true,
                "include" => false,
                _ => return false,
            };
            let condition = directive.node.get_argument("if");
            let condition = condition.and_then(|value| self.filled_in(&value.node));
            matches!(
                condition,
                Some(
                    Argument::Written(Written::Boolean(is)) | Argument::Sent(Value::Boolean(is))
                ) if *is == without
            )
        })
    }

    /// What a list has; what is no list stands for one that has it alone.
    pub(super) fn items(&self, argument: Argument<'r>) -> Vec<Argument<'r>> {
        match argument {
            Argument::Written(Written::List(items)) => items
                .iter()
                .filter_map(|item| self.filled_in(item))
                .collect(),
            Argument::Sent(Value::List(items)) => items.iter().map(Argument::Sent).collect(),
            single => vec![single],
        }
    }

    /// The fields of an object that are given.
    pub(super) fn entries(&self, argument: Argument<'r>) -> Vec<(&'r str, Argument<'r>)> {
        match argument {
            Argument::Written(Written::Object(entries)) => entries
                .iter()
                .filter_map(|(name, value)| Some((name.as_str(), self.filled_in(value)?)))
                .collect(),
            Argument::Sent(Value::Object(entries)) => entries
                .iter()
                .filter(|(_, value)| **value != Value::Null)
                .map(|(name, value)| (name.as_str(), Argument::Sent(value)))
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl<'r> Argument<'r> {
    /// The name of an enum's value.
    pub(super) fn word(self) -> Option<&'r str> {
        match self {
            Self::Written(Written::Enum(name)) | Self::Sent(Value::Enum(name)) => Some(name),
            // Variables come as JSON, which has no enums.
            Self::Sent(Value::String(name)) => Some(name),
            _ => None,
        }
    }
}
