//! Arguments sorted to options, by the rules of Python's argparse, which the `aws` command uses.

use super::fault::Fault;
use super::options::{Opt, Takes};

/// An option with the values that it was given.
#[derive(Debug)]
pub(super) struct Given<'o> {
    pub(super) opt: &'o Opt,
    pub(super) values: Vec<String>,
}

/// The options that the arguments give, in order, and the arguments that belong to none.
#[derive(Debug, Default)]
pub(super) struct Sorted<'o> {
    pub(super) given: Vec<Given<'o>>,
    pub(super) unknown: Vec<String>,
}

/// Sorts the arguments.
pub(super) fn sort<'o>(options: &'o [Opt], args: &[String]) -> Result<Sorted<'o>, Fault> {
    let mut sorted = Sorted::default();
    // The first argument that belongs to nothing is reported last: the `aws` command takes it for its `help`.
    let mut stray = None;
    let mut rest = args;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        match classify(options, first)? {
            Kind::Value if stray.is_none() => stray = Some(first.clone()),
            Kind::Value | Kind::Unknown => sorted.unknown.push(first.clone()),
            Kind::Option(opt, explicit) => {
                let (values, taken) = values(options, opt, explicit, rest)?;
                sorted.given.push(Given { opt, values });
                rest = rest.get(taken..).unwrap_or_default();
            }
        }
    }
    sorted.unknown.extend(stray);
    Ok(sorted)
}

enum Kind<'o, 'a> {
    Option(&'o Opt, Option<&'a str>),
    Value,
    Unknown,
}

fn classify<'o, 'a>(options: &'o [Opt], arg: &'a str) -> Result<Kind<'o, 'a>, Fault> {
    let Some(name) = arg.strip_prefix("--").filter(|name| !name.is_empty()) else {
        let number = arg.strip_prefix('-').is_some_and(|rest| rest.parse::<f64>().is_ok());
        return Ok(if arg.len() > 1 && arg.starts_with('-') && !number && !arg.contains(' ') {
            Kind::Unknown
        } else {
            Kind::Value
        });
    };
    let (stem, explicit) = match name.split_once('=') {
        Some((stem, value)) => (stem, Some(value)),
        None => (name, None),
    };
    if let Some(opt) = options.iter().find(|o| o.name == stem) {
        return Ok(Kind::Option(opt, explicit));
    }
    let meant: Vec<_> = options.iter().filter(|o| o.name.starts_with(stem)).collect();
    match meant.as_slice() {
        [only] => Ok(Kind::Option(only, explicit)),
        [] if arg.contains(' ') => Ok(Kind::Value),
        [] => Ok(Kind::Unknown),
        several => {
            let names: Vec<_> = several.iter().map(|o| format!("--{}", o.name)).collect();
            Err(Fault::Arguments(format!("ambiguous option: --{stem} could match {}", names.join(", "))))
        }
    }
}

/// The values of an option, and how many of the arguments after it they are.
fn values(options: &[Opt], opt: &Opt, explicit: Option<&str>, rest: &[String]) -> Result<(Vec<String>, usize), Fault> {
    let fault = |text: String| Err(Fault::Arguments(format!("argument --{}: {text}", opt.name)));
    if let Some(value) = explicit {
        return match opt.takes {
            Takes::Nothing => fault(format!("ignored explicit argument '{value}'")),
            _ => Ok((vec![value.to_owned()], 0)),
        };
    }
    let follow: Vec<_> =
        rest.iter().take_while(|arg| matches!(classify(options, arg), Ok(Kind::Value))).cloned().collect();
    match opt.takes {
        Takes::Nothing => Ok((Vec::new(), 0)),
        Takes::Many => {
            let taken = follow.len();
            Ok((follow, taken))
        }
        Takes::One => match follow.into_iter().next() {
            Some(value) => Ok((vec![value], 1)),
            None => fault("expected one argument".into()),
        },
    }
}
