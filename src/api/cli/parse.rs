//! A command line read: arguments to the call that they make.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Map, Value};

use super::arguments::{Given, sort};
use super::fault::Fault;
use super::names::{self, kebab};
use super::options::{Takes, Target, gathers, options};
use super::paging::Paging;
use super::shorthand;
use super::validate::validate;
use crate::api::{Call, Member, Model, Service, Shape, operations};

/// How much of two names must agree for one to be meant by the other, in percent.
const ALIKE_PERCENT_MIN: usize = 80;

/// Reads a file that an argument names, for `file://` and `fileb://`; the path is as it was written.
pub type Read<'a> = &'a dyn Fn(&str) -> io::Result<Vec<u8>>;

/// What a command line asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Invocation {
    /// The call; of several pages, the first.
    pub call: Call,
    /// How to gather the pages; none where one answer is asked for, or all there is.
    pub paging: Option<Paging>,
    /// Where the seed of a new virtual MFA device goes.
    pub bootstrap: Option<Bootstrap>,
}

/// `--outfile` and `--bootstrap-method` of `create-virtual-mfa-device`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// The file to write.
    pub outfile: String,
    /// The member of the answer that it gets: `QRCodePNG` or `Base32StringSeed`.
    pub method: String,
}

/// The operation that the command line names.
///
/// # Errors
/// [`Fault::Arguments`] with the names that may have been meant.
pub fn operation(service: Service, name: &str) -> Result<&'static Model, Fault> {
    names::find(service, name).ok_or_else(|| {
        let alike: Vec<_> = operations()
            .filter(|m| m.service == service)
            .map(|m| kebab(m.name))
            .filter(|known| alike(known, name))
            .map(|known| format!("\n  * {known}"))
            .collect();
        let hint = if alike.is_empty() { "" } else { ", maybe you meant:\n" };
        Fault::Arguments(format!("argument operation: Invalid choice: '{name}'{hint}{}", alike.concat()))
    })
}

/// Whether two names share most of their letters, in order.
fn alike(a: &str, b: &str) -> bool {
    let mut row = vec![0_usize; b.len() + 1];
    for x in a.bytes() {
        let mut diagonal = 0;
        let mut left = 0;
        for (cell, y) in row.iter_mut().skip(1).zip(b.bytes()) {
            let above = *cell;
            *cell = if x == y { diagonal + 1 } else { above.max(left) };
            diagonal = above;
            left = *cell;
        }
    }
    let common = row.last().copied().unwrap_or_default();
    200 * common >= ALIKE_PERCENT_MIN * (a.len() + b.len())
}

/// Reads the arguments that follow the operation's name.
///
/// # Errors
/// A [`Fault`], as the `aws` command words it.
pub fn parse(model: &'static Model, args: &[String], read: Read<'_>) -> Result<Invocation, Fault> {
    let options = options(model);
    let sorted = sort(&options, args)?;
    let has_json = sorted.given.iter().any(|g| matches!(g.opt.target, Target::InputJson));
    if !has_json {
        require(model, &sorted.given)?;
    }
    if !sorted.unknown.is_empty() {
        return Err(Fault::Unknown(sorted.unknown));
    }
    let mut reading = Reading::new(model, read);
    for given in sorted.given {
        reading.take(given)?;
    }
    reading.finish()
}

/// Whether the command line must give the member. Switches, and options with a second spelling, are left to the
/// validation, as the `aws` command leaves them.
pub(super) fn is_demanded(member: &Member) -> bool {
    member.required && !matches!(member.shape, Shape::Boolean) && !member.name.starts_with("AuthenticationCode")
}

fn require(model: &'static Model, given: &[Given<'_>]) -> Result<(), Fault> {
    let is_given = |member: &Member| {
        given.iter().any(|g| matches!(g.opt.target, Target::Member(m) | Target::Not(m) if m.name == member.name))
    };
    let missing: Vec<_> =
        model.input.iter().filter(|m| is_demanded(m) && !is_given(m)).map(|m| format!("--{}", kebab(m.name))).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Fault::Arguments(format!("the following arguments are required: {}", missing.join(", "))))
}

struct Reading<'r> {
    model: &'static Model,
    read: Read<'r>,
    input: Map<String, Value>,
    json: Map<String, Value>,
    starting_token: Option<String>,
    page_size: Option<i64>,
    max_items: Option<i64>,
    paginate: bool,
    outfile: Option<String>,
    method: Option<String>,
}

impl<'r> Reading<'r> {
    fn new(model: &'static Model, read: Read<'r>) -> Self {
        Self {
            model,
            read,
            input: Map::new(),
            json: Map::new(),
            starting_token: None,
            page_size: None,
            max_items: None,
            paginate: gathers(model),
            outfile: None,
            method: None,
        }
    }

    fn take(&mut self, given: Given<'_>) -> Result<(), Fault> {
        let name = given.opt.name.as_str();
        let single = given.values.first().cloned().unwrap_or_default();
        match given.opt.target {
            Target::Member(member) if given.opt.takes == Takes::Nothing => {
                self.input.insert(member.name.into(), true.into());
            }
            Target::Not(member) => {
                self.input.insert(member.name.into(), false.into());
            }
            Target::Member(member) => {
                let values = self.load(name, given.values)?;
                let value = unpack(member.shape, values).map_err(|reason| Fault::parameter(name, reason))?;
                self.input.insert(member.name.into(), value);
            }
            Target::InputJson => {
                let text = self.load(name, given.values)?.concat();
                self.json = object(&text).map_err(|reason| Fault::parameter(name, reason))?;
            }
            Target::StartingToken => self.starting_token = Some(single),
            Target::PageSize => self.page_size = Some(number(name, &single)?),
            Target::MaxItems => self.max_items = Some(number(name, &single)?),
            Target::NoPaginate => self.paginate = false,
            Target::Outfile => self.outfile = Some(single),
            Target::BootstrapMethod => self.method = Some(choice(name, single, &["QRCodePNG", "Base32StringSeed"])?),
            Target::Output => drop(choice(name, single, &["json"])?),
            Target::Ignored => {}
        }
        Ok(())
    }

    /// The values, or the content of the file that the only one names.
    fn load(&self, name: &str, values: Vec<String>) -> Result<Vec<String>, Fault> {
        // A provider's URL is a URL and never read.
        if self.model.name == "CreateOpenIDConnectProvider" && name == "url" {
            return Ok(values);
        }
        let [only] = values.as_slice() else { return Ok(values) };
        let (path, is_text) = match (only.strip_prefix("file://"), only.strip_prefix("fileb://")) {
            (Some(path), _) => (path, true),
            (_, Some(path)) => (path, false),
            _ => return Ok(values),
        };
        let fault = |reason: String| Fault::parameter(name, format!("Unable to load paramfile {reason}"));
        let bytes = (self.read)(path).map_err(|error| fault(format!("{only}: {}", errno(&error, path))))?;
        if !is_text && self.model.input.iter().any(|m| kebab(m.name) == name && matches!(m.shape, Shape::Blob)) {
            return Ok(vec![BASE64.encode(bytes)]);
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            fault(format!(
                "({path}), text contents could not be decoded.  If this is a binary file, please use the fileb:// \
                 prefix instead of the file:// prefix."
            ))
        })?;
        Ok(vec![if is_text { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }])
    }

    fn finish(mut self) -> Result<Invocation, Fault> {
        // Pages that the caller asks for by the service's own members are not gathered.
        let by_hand = |map: &Map<String, Value>| map.contains_key("Marker") || map.contains_key("MaxItems");
        self.paginate &= !by_hand(&self.input) && !by_hand(&self.json);
        if self.paginate {
            self.input.extend(self.page_size.map(|size| ("MaxItems".to_owned(), size.into())));
        } else {
            self.turn_paging_off()?;
        }
        let mut input = Map::new();
        for member in self.model.input {
            if let Some(value) = self.input.remove(member.name).or_else(|| self.json.remove(member.name)) {
                self.json.remove(member.name);
                input.insert(member.name.to_owned(), value);
            }
        }
        input.append(&mut self.json);
        let faults = validate(self.model.input, &input);
        if !faults.is_empty() {
            return Err(Fault::Validation(faults));
        }
        let call = Call::new(self.model, input);
        let paging = self.paginate.then(|| Paging::new(self.starting_token.as_deref(), self.max_items));
        Ok(Invocation { call, paging, bootstrap: bootstrap(self.outfile, self.method)? })
    }

    /// Without pagination `--max-items` is the operation's own member again, and the other two are refused.
    fn turn_paging_off(&mut self) -> Result<(), Fault> {
        let used: Vec<_> =
            [("--starting-token", self.starting_token.is_some()), ("--page-size", self.page_size.is_some())]
                .into_iter()
                .filter_map(|(name, used)| used.then_some(name))
                .collect();
        if !used.is_empty() {
            return Err(Fault::Paging(format!(
                "Cannot specify --no-paginate along with pagination arguments: {}",
                used.join(", ")
            )));
        }
        if let Some(max_items) = self.max_items {
            self.input.insert("MaxItems".into(), max_items.into());
        }
        Ok(())
    }
}

fn bootstrap(outfile: Option<String>, method: Option<String>) -> Result<Option<Bootstrap>, Fault> {
    let missing = match (outfile, method) {
        (Some(outfile), Some(method)) => return Ok(Some(Bootstrap { outfile, method })),
        // tiam prints what it is not told to save.
        (None, None) => return Ok(None),
        (Some(_), None) => "--bootstrap-method",
        (None, Some(_)) => "--outfile",
    };
    Err(Fault::Arguments(format!("the following arguments are required: {missing}")))
}

/// The value that an option's arguments make.
fn unpack(shape: &'static Shape, values: Vec<String>) -> Result<Value, String> {
    if let Shape::List { of, .. } = shape {
        return unpack_list(shape, of, values);
    }
    let text = values.into_iter().next().unwrap_or_default();
    match shape {
        Shape::Structure(_) | Shape::Map { .. } => unpack_complex(shape, &text),
        Shape::Integer { .. } => shorthand::integer(&text).map(Value::from),
        _ => Ok(Value::from(text)),
    }
}

fn unpack_list(shape: &'static Shape, of: &'static Shape, values: Vec<String>) -> Result<Value, String> {
    let first = values.first().map(|v| v.trim_start()).unwrap_or_default();
    let is_complex = matches!(of, Shape::Structure(_) | Shape::Map { .. } | Shape::List { .. });
    if first.starts_with('[') && (is_complex || values.len() == 1) {
        return json(&values.concat());
    }
    if is_complex && !first.starts_with('{') {
        let parsed = values.iter().map(|v| shorthand::parse(v)).collect::<Result<Vec<_>, _>>()?;
        return shorthand::fit(shape, Value::Array(parsed));
    }
    values.into_iter().map(|value| unpack(of, vec![value])).collect()
}

fn unpack_complex(shape: &'static Shape, text: &str) -> Result<Value, String> {
    match text.trim_start().chars().next() {
        Some('{') => json(text),
        Some('[') => Err(format!("Invalid JSON:\n{text}")),
        _ => shorthand::fit(shape, shorthand::parse(text)?),
    }
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("Invalid JSON: {error}\nJSON received: {text}"))
}

fn object(text: &str) -> Result<Map<String, Value>, String> {
    match json(text)? {
        Value::Object(map) => Ok(map),
        _ => Err(format!("Invalid JSON: an object is needed\nJSON received: {text}")),
    }
}

fn number(name: &str, text: &str) -> Result<i64, Fault> {
    text.trim().parse().map_err(|_| Fault::Arguments(format!("argument --{name}: invalid int value: '{text}'")))
}

fn choice(name: &str, given: String, valid: &[&str]) -> Result<String, Fault> {
    if valid.contains(&given.as_str()) {
        return Ok(given);
    }
    let valid = valid.join(" | ");
    Err(Fault::Arguments(format!("argument --{name}: Invalid choice, valid choices are:\n\n{valid}")))
}

/// An error of the system as Python shows it.
fn errno(error: &io::Error, path: &str) -> String {
    let text = error.to_string();
    match error.raw_os_error() {
        Some(number) => {
            let text = text.split(" (os error").next().unwrap_or_default();
            format!("[Errno {number}] {text}: '{path}'")
        }
        None => text,
    }
}
