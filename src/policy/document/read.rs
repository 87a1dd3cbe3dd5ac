//! JSON read as a policy.

use super::{
    ConditionBlock, ConditionKey, Document, Field, Item, ItemKind, Items, PrincipalEntry, Principals, Problem,
    ProblemKind, Statement,
};
use crate::policy::json::{self, Member, Node, Value};

pub(super) fn document(text: String) -> Document {
    let json = json::parse(&text);
    let mut reader = Reader { problems: Vec::new() };
    let mut document = Document { text, json, version: None, id: None, statement: None, problems: Vec::new() };
    let root = document.json.root.take();
    if let Some(root) = &root {
        reader.top(root, &mut document);
    }
    document.json.root = root;
    document.problems = reader.problems;
    document.problems.sort_by_key(|problem| problem.span);
    document
}

/// Keeps a value under a key that is met for the first time; the parser reports the second.
fn keep<T>(slot: &mut Option<Field<T>>, member: &Member, value: Option<T>) {
    if let (None, Some(value)) = (&slot, value) {
        *slot = Some(Field { key: member.key_span, span: member.value.span, value });
    }
}

/// The key of a member as an item.
fn key(member: &Member) -> Item {
    Item { span: member.key_span, text: member.key.clone(), kind: ItemKind::String }
}

struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, kind: ProblemKind, span: json::Span) {
        self.problems.push(Problem { kind, span });
    }

    fn wrong_type(&mut self, key: &'static str, node: &Node) {
        self.problem(ProblemKind::WrongType { key, found: node.kind() }, node.span);
    }

    fn top(&mut self, root: &Node, document: &mut Document) {
        let Some(members) = root.as_object() else {
            return self.problem(ProblemKind::NotAnObject(root.kind()), root.span);
        };
        for member in members {
            match member.key.as_str() {
                "Version" => keep(&mut document.version, member, self.string("Version", &member.value)),
                "Id" => keep(&mut document.id, member, self.string("Id", &member.value)),
                "Statement" => keep(&mut document.statement, member, self.statements(&member.value)),
                other => self.problem(ProblemKind::UnknownKey(other.to_owned()), member.key_span),
            }
        }
        if !members.iter().any(|member| member.key == "Statement") {
            self.problem(ProblemKind::MissingStatement, root.span);
        }
    }

    fn statements(&mut self, node: &Node) -> Option<Vec<Statement>> {
        match &node.value {
            Value::Object(members) => Some(vec![self.statement(node, members)]),
            Value::Array(elements) => Some(elements.iter().filter_map(|element| self.element(element)).collect()),
            _ => {
                self.wrong_type("Statement", node);
                None
            }
        }
    }

    fn element(&mut self, node: &Node) -> Option<Statement> {
        if let Value::Object(members) = &node.value {
            return Some(self.statement(node, members));
        }
        self.wrong_type("Statement", node);
        None
    }

    fn statement(&mut self, node: &Node, members: &[Member]) -> Statement {
        let mut statement = Statement { span: node.span, ..Statement::default() };
        for member in members {
            let value = &member.value;
            match member.key.as_str() {
                "Sid" => keep(&mut statement.sid, member, self.string("Sid", value)),
                "Effect" => keep(&mut statement.effect, member, self.string("Effect", value)),
                "Principal" => keep(&mut statement.principal, member, self.principals("Principal", value)),
                "NotPrincipal" => keep(&mut statement.not_principal, member, self.principals("NotPrincipal", value)),
                "Action" => keep(&mut statement.action, member, self.items("Action", value)),
                "NotAction" => keep(&mut statement.not_action, member, self.items("NotAction", value)),
                "Resource" => keep(&mut statement.resource, member, self.items("Resource", value)),
                "NotResource" => keep(&mut statement.not_resource, member, self.items("NotResource", value)),
                "Condition" => keep(&mut statement.condition, member, self.conditions(value)),
                other => self.problem(ProblemKind::UnknownKey(other.to_owned()), member.key_span),
            }
        }
        statement
    }

    /// A single value of any type.
    fn item(&mut self, key: &'static str, node: &Node) -> Option<Item> {
        let (text, kind) = match &node.value {
            Value::String(text) => (text.clone(), ItemKind::String),
            Value::Number(raw) => (raw.clone(), ItemKind::Number),
            Value::Bool(truth) => (truth.to_string(), ItemKind::Bool),
            Value::Null => ("null".to_owned(), ItemKind::Null),
            Value::Array(_) | Value::Object(_) => {
                self.wrong_type(key, node);
                return None;
            }
        };
        Some(Item { span: node.span, text, kind })
    }

    /// A single string. Another single value is kept and listed.
    fn string(&mut self, key: &'static str, node: &Node) -> Option<Item> {
        let item = self.item(key, node)?;
        if item.kind != ItemKind::String {
            self.wrong_type(key, node);
        }
        Some(item)
    }

    /// One value or a list.
    fn items(&mut self, key: &'static str, node: &Node) -> Option<Items> {
        match &node.value {
            Value::Array(elements) => {
                let items = elements.iter().filter_map(|element| self.item(key, element)).collect();
                Some(Items { items, is_list: true })
            }
            _ => self.item(key, node).map(|item| Items { items: vec![item], is_list: false }),
        }
    }

    fn principals(&mut self, name: &'static str, node: &Node) -> Option<Principals> {
        let Value::Object(members) = &node.value else {
            return self.item(name, node).map(Principals::Single);
        };
        let entry = |member: &Member| {
            let values = self.items(name, &member.value)?;
            Some(PrincipalEntry { kind: key(member), values })
        };
        Some(Principals::Typed(members.iter().filter_map(entry).collect()))
    }

    fn conditions(&mut self, node: &Node) -> Option<Vec<ConditionBlock>> {
        let Value::Object(members) = &node.value else {
            self.wrong_type("Condition", node);
            return None;
        };
        let block = |member: &Member| Some(ConditionBlock { operator: key(member), keys: self.keys(&member.value)? });
        Some(members.iter().filter_map(block).collect())
    }

    fn keys(&mut self, node: &Node) -> Option<Vec<ConditionKey>> {
        let Value::Object(members) = &node.value else {
            self.wrong_type("Condition", node);
            return None;
        };
        let entry = |member: &Member| {
            let values = self.items("Condition", &member.value)?;
            Some(ConditionKey { key: key(member), span: member.value.span, values })
        };
        Some(members.iter().filter_map(entry).collect())
    }
}
