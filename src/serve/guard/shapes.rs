//! What the guards know of the schema: which fields are lists, and of what.

use std::collections::{BTreeMap, HashMap};

use async_graphql::{
    Positioned,
    parser::{
        self, parse_schema,
        types::{
            BaseType, FieldDefinition, InputValueDefinition, OperationType, SchemaDefinition,
            Type as Written, TypeDefinition, TypeKind, TypeSystemDefinition,
        },
    },
};

/// The shapes of all types. Made once.
pub struct Shapes {
    types: HashMap<String, Type>,
    roots: [String; 3],
    kinds: BTreeMap<String, String>,
}

/// What a type is.
#[derive(Default)]
pub struct Type {
    /// Its fields, of an input type too.
    pub fields: HashMap<String, Field>,
    /// The objects that it can be, if it is an interface or a union.
    pub possible: Vec<String>,
    /// Whether its values have fields to select.
    pub composite: bool,
}

/// What a field, or an input field, has.
pub struct Field {
    /// The name of its type, or of what is listed.
    pub of: String,
    /// Whether it is a list.
    pub list: bool,
    /// Whether it is as long as the page that it is on: `nodes` and `edges` of a connection, and a
    /// facet's `buckets`.
    pub paged: bool,
    /// The names of the types of its arguments.
    pub arguments: HashMap<String, String>,
}

impl Shapes {
    /// Of a schema in its own language.
    pub fn of(schema: &str) -> Result<Self, parser::Error> {
        let mut shapes = Self {
            types: HashMap::new(),
            roots: ["Query", "Mutation", "Subscription"].map(str::to_owned),
            kinds: BTreeMap::new(),
        };
        let mut possible: HashMap<String, Vec<String>> = HashMap::new();
        for definition in parse_schema(schema)?.definitions {
            match definition {
                TypeSystemDefinition::Schema(schema) => shapes.name_roots(schema.node),
                TypeSystemDefinition::Type(definition) => {
                    let definition = definition.node;
                    for interface in interfaces(&definition.kind) {
                        let objects = possible.entry(interface).or_default();
                        objects.push(definition.name.node.to_string());
                    }
                    shapes.add(definition);
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        for (interface, objects) in possible {
            let shape = shapes.types.entry(interface).or_default();
            shape.possible = objects;
            shape.possible.sort_unstable();
        }
        shapes.name_kinds();
        Ok(shapes)
    }

    /// The type with this name.
    pub fn named(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// The name of the type that operations of this sort select from.
    pub fn root(&self, operation: OperationType) -> &str {
        match operation {
            OperationType::Query => &self.roots[0],
            OperationType::Mutation => &self.roots[1],
            OperationType::Subscription => &self.roots[2],
        }
    }

    /// The kinds of content by the names of their types, such as `programme` by `Programme`.
    pub fn kinds(&self) -> &BTreeMap<String, String> {
        &self.kinds
    }

    /// The objects that a type can be: itself, if it is one.
    pub fn possible<'s>(&'s self, name: &'s str) -> Vec<&'s str> {
        match self.named(name) {
            Some(shape) if !shape.possible.is_empty() => {
                shape.possible.iter().map(String::as_str).collect()
            }
            _ => vec![name],
        }
    }

    fn name_roots(&mut self, schema: SchemaDefinition) {
        let [query, mutation, subscription] = &mut self.roots;
        for (name, given) in [
            (query, schema.query),
            (mutation, schema.mutation),
            (subscription, schema.subscription),
        ] {
            if let Some(given) = given {
                *name = given.node.to_string();
            }
        }
    }

    fn add(&mut self, definition: TypeDefinition) {
        let name = definition.name.node.to_string();
        let mut shape = Type::default();
        match definition.kind {
            TypeKind::Object(object) => shape.fields = fields(&name, object.fields),
            TypeKind::Interface(interface) => shape.fields = fields(&name, interface.fields),
            TypeKind::Union(union) => {
                shape.composite = true;
                shape.possible = union.members.iter().map(|it| it.node.to_string()).collect();
                shape.possible.sort_unstable();
            }
            TypeKind::InputObject(input) => {
                let input = input.fields.into_iter().map(|field| {
                    let (of, list) = named(&field.node.ty.node);
                    (field.node.name.node.to_string(), Field::input(of, list))
                });
                self.types.entry(name).or_default().fields.extend(input);
                return;
            }
            TypeKind::Scalar | TypeKind::Enum(_) => {}
        }
        shape.composite |= !shape.fields.is_empty();
        // A type may be extended elsewhere.
        let known = self.types.entry(name).or_default();
        known.fields.extend(shape.fields);
        known.possible.extend(shape.possible);
        known.composite |= shape.composite;
    }

    fn name_kinds(&mut self) {
        let content = self.types.get("Content").map(|it| it.possible.clone());
        self.kinds = content
            .unwrap_or_default()
            .into_iter()
            .map(|name| {
                let kind = name[..1].to_ascii_lowercase() + &name[1..];
                (name, kind)
            })
            .collect();
    }
}

impl Field {
    fn input(of: String, list: bool) -> Self {
        Self {
            of,
            list,
            paged: false,
            arguments: HashMap::new(),
        }
    }
}

/// The interfaces that an object implements.
fn interfaces(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Object(object) => object
            .implements
            .iter()
            .map(|it| it.node.to_string())
            .collect(),
        _ => Vec::new(),
    }
}

fn fields(parent: &str, fields: Vec<Positioned<FieldDefinition>>) -> HashMap<String, Field> {
    let field = |field: Positioned<FieldDefinition>| {
        let name = field.node.name.node.to_string();
        let (of, list) = named(&field.node.ty.node);
        let paged = list
            && match name.as_str() {
                "nodes" | "edges" => parent.ends_with("Connection"),
                "buckets" => parent == "FacetCounts",
                _ => false,
            };
        let arguments = field.node.arguments.iter().map(argument).collect();
        let shape = Field {
            of,
            list,
            paged,
            arguments,
        };
        (name, shape)
    };
    fields.into_iter().map(field).collect()
}

fn argument(argument: &Positioned<InputValueDefinition>) -> (String, String) {
    let (of, _) = named(&argument.node.ty.node);
    (argument.node.name.node.to_string(), of)
}

/// The name in a type, and whether it is listed.
fn named(written: &Written) -> (String, bool) {
    match &written.base {
        BaseType::Named(name) => (name.to_string(), false),
        BaseType::List(inner) => (named(inner).0, true),
    }
}

#[cfg(test)]
mod tests {
    use crate::serve::guard::samples::shapes;

    #[test]
    fn the_schema_tells_its_lists_pages_and_kinds() {
        let shapes = shapes();
        let query = shapes.named("Query").unwrap();
        assert!(query.fields["nodes"].list && !query.fields["nodes"].paged);
        assert_eq!(
            query.fields["programmes"].arguments["filter"],
            "ProgrammeFilter"
        );
        let page = shapes.named("ProgrammeConnection").unwrap();
        assert!(page.fields["edges"].paged && page.fields["nodes"].paged);
        assert!(!page.fields["pageInfo"].list);
        assert_eq!(shapes.kinds()["Programme"], "programme");
        assert_eq!(shapes.possible("Content").len(), shapes.kinds().len());
        assert_eq!(
            shapes.possible("LifeCycle"),
            ["Gone", "Live", "Redirected", "Withdrawn"]
        );
        assert!(!shapes.named("ContentType").unwrap().composite);
    }
}
