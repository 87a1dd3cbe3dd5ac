//! The options that a command has: one or two for each member of the operation's input, and those of the `aws` command.

use super::names::kebab;
use crate::api::{Member, Model, Shape};

/// How many values an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// It is a switch.
    Nothing,
    /// Exactly one.
    One,
    /// As many as follow.
    Many,
}

/// What an option is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// The member of the input; for a boolean, `true`.
    Member(&'static Member),
    /// A boolean member, `false`.
    Not(&'static Member),
    /// The whole input as JSON.
    InputJson,
    StartingToken,
    PageSize,
    MaxItems,
    NoPaginate,
    Output,
    Outfile,
    BootstrapMethod,
    /// Accepted, and of no effect here.
    Ignored,
}

#[derive(Debug)]
pub(super) struct Opt {
    /// Without dashes before it.
    pub(super) name: String,
    pub(super) takes: Takes,
    pub(super) target: Target,
}

/// Whether the `aws` command gathers the operation's pages. Some operations have pages that it leaves to the caller.
pub(super) fn gathers(model: &Model) -> bool {
    model.pages.is_some_and(|lists| !lists.is_empty())
}

fn opt(name: &str, takes: Takes, target: Target) -> Opt {
    Opt { name: name.to_owned(), takes, target }
}

/// Every option of the operation, in the order in which the `aws` command looks through them.
pub(super) fn options(model: &'static Model) -> Vec<Opt> {
    let mut out = Vec::new();
    for member in model.input {
        add_member(&mut out, member);
    }
    if gathers(model) {
        out.retain(|o| o.name != "max-items");
        out.push(opt("starting-token", Takes::One, Target::StartingToken));
        out.push(opt("page-size", Takes::One, Target::PageSize));
        out.push(opt("max-items", Takes::One, Target::MaxItems));
    }
    if model.name == "CreateVirtualMFADevice" {
        out.push(opt("outfile", Takes::One, Target::Outfile));
        out.push(opt("bootstrap-method", Takes::One, Target::BootstrapMethod));
    }
    out.push(opt("cli-input-json", Takes::One, Target::InputJson));
    out.push(opt("output", Takes::One, Target::Output));
    out.push(opt("no-paginate", Takes::Nothing, Target::NoPaginate));
    out.push(opt("no-cli-pager", Takes::Nothing, Target::Ignored));
    out.push(opt("color", Takes::One, Target::Ignored));
    out
}

fn add_member(out: &mut Vec<Opt>, member: &'static Member) {
    let name = kebab(member.name);
    let takes = match member.shape {
        Shape::Boolean => Takes::Nothing,
        Shape::List { .. } => Takes::Many,
        _ => Takes::One,
    };
    // An older spelling that the `aws` command still takes.
    if let Some(stem) = name.strip_prefix("authentication-code") {
        out.push(opt(&format!("authentication-code-{stem}"), takes, Target::Member(member)));
    }
    if takes == Takes::Nothing {
        out.push(opt(&format!("no-{name}"), takes, Target::Not(member)));
    }
    out.push(opt(&name, takes, Target::Member(member)));
}
