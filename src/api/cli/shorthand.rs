//! The shorthand syntax of the `aws` command: `Key=a,Value=b`, with `[…]` and `{…}` inside.
//!
//! Read as "Using shorthand syntax with parameters in the AWS CLI" has it, character classes and messages as the
//! AWS CLI has them. [`fit`] then makes what was read into what the model wants.

use serde_json::{Map, Value};

use crate::api::Shape;

/// How deep brackets may nest; more is an attack.
const DEPTH_MAX: usize = 32;

/// Reads one value.
///
/// # Errors
/// What was expected where, with the place marked.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let mut parser = Parser { text: text.chars().collect(), at: 0, depth: 0 };
    parser.pairs().map(Value::Object)
}

struct Parser {
    text: Vec<char>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, String>;

impl Parser {
    /// `key=value,key=value`, to the end.
    fn pairs(&mut self) -> Parsed<Map<String, Value>> {
        let mut map = Map::new();
        let (key, value) = self.pair()?;
        map.insert(key, value);
        let mut last = self.at;
        while self.now().is_some() {
            self.expect(',')?;
            let (key, value) = self.pair()?;
            if map.contains_key(&key) {
                let place = self.marked(last + 1);
                return Err(format!(
                    "Second instance of key \"{key}\" encountered for input:\n{place}\nThis is often because there is a \
                     preceding \",\" instead of a space."
                ));
            }
            map.insert(key, value);
            last = self.at;
        }
        Ok(map)
    }

    fn pair(&mut self) -> Parsed<(String, Value)> {
        let key = self.key();
        self.expect('=')?;
        let value = match self.now() {
            None => Value::from(""),
            Some('[' | '{') => self.bracketed()?,
            Some(_) => self.commas()?,
        };
        Ok((key, value))
    }

    fn key(&mut self) -> String {
        self.take_while(|c| c.is_ascii_alphanumeric() || "-_.#/:".contains(c))
    }

    /// `a`, or `a,b,c` as a list; what follows a comma may also be the next key.
    fn commas(&mut self) -> Parsed<Value> {
        let first = self.scalar()?;
        self.skip_space();
        if self.now() != Some(',') {
            return Ok(first);
        }
        self.expect(',')?;
        let mut list = vec![first];
        loop {
            match self.next_of_list() {
                Ok((value, done)) => {
                    list.push(value);
                    if done {
                        break;
                    }
                }
                Err(fault) if self.now().is_none() => return Err(fault),
                Err(_) => {
                    while self.at > 0 && self.now() != Some(',') {
                        self.at -= 1;
                    }
                    break;
                }
            }
        }
        Ok(if list.len() == 1 { list.swap_remove(0) } else { Value::Array(list) })
    }

    fn next_of_list(&mut self) -> Parsed<(Value, bool)> {
        let value = if let Some(quote @ ('"' | '\'')) = self.now() {
            self.quoted(quote)?
        } else {
            let text = self.bare(|c| !"\"',=".contains(c));
            if text.is_empty() {
                return Err(self.fault("<second>", "<none>"));
            }
            trimmed(&text)
        };
        self.skip_space();
        if self.now().is_none() {
            return Ok((value, true));
        }
        self.expect(',')?;
        Ok((value, false))
    }

    fn bracketed(&mut self) -> Parsed<Value> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err(format!("more than {DEPTH_MAX} brackets inside each other"));
        }
        let value = if self.now() == Some('[') { self.list() } else { self.literal() };
        self.depth -= 1;
        value
    }

    fn inner(&mut self) -> Parsed<Value> {
        if matches!(self.now(), Some('[' | '{')) { self.bracketed() } else { self.scalar() }
    }

    /// `[a,b]`.
    fn list(&mut self) -> Parsed<Value> {
        self.expect('[')?;
        let mut items = Vec::new();
        while self.now() != Some(']') {
            items.push(self.inner()?);
            self.separator(']')?;
        }
        self.expect_here(']')?;
        Ok(Value::Array(items))
    }

    /// `{key=value,key=value}`.
    fn literal(&mut self) -> Parsed<Value> {
        self.expect('{')?;
        let mut map = Map::new();
        while self.now() != Some('}') {
            let key = self.key();
            self.expect('=')?;
            let value = self.inner()?;
            self.separator('}')?;
            map.insert(key, value);
        }
        self.expect_here('}')?;
        Ok(Value::Object(map))
    }

    fn separator(&mut self, closer: char) -> Parsed<()> {
        self.skip_space();
        if self.now() != Some(closer) {
            self.expect_here(',')?;
            self.skip_space();
        }
        Ok(())
    }

    fn scalar(&mut self) -> Parsed<Value> {
        match self.now() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote),
            _ => Ok(trimmed(&self.bare(|c| !"\"',]}".contains(c)))),
        }
    }

    /// Characters that `follows` takes, an escaped comma included, after a first one that can start a value.
    fn bare(&mut self, follows: impl Fn(char) -> bool) -> String {
        let mut out = String::new();
        while let Some(c) = self.now() {
            if c == '\\' && self.text.get(self.at + 1) == Some(&',') {
                out.push(',');
                self.at += 2;
                continue;
            }
            let starts = !out.is_empty() || !(c.is_whitespace() || "\"',=[{".contains(c));
            if !starts || !follows(c) && !out.is_empty() || out.is_empty() && "\"',=[{".contains(c) {
                break;
            }
            out.push(c);
            self.at += 1;
        }
        out
    }

    fn quoted(&mut self, quote: char) -> Parsed<Value> {
        let name = if quote == '"' { "<double quoted>" } else { "<singled quoted>" };
        let mut out = String::new();
        let mut at = self.at + 1;
        loop {
            match (self.text.get(at), self.text.get(at + 1)) {
                (None, _) => return Err(self.fault(name, "<none>")),
                (Some('\\'), Some(&c)) if c == quote || c == '\\' => {
                    out.push(c);
                    at += 2;
                }
                (Some(&c), _) if c == quote => {
                    self.at = at + 1;
                    return Ok(Value::from(out));
                }
                (Some(&c), _) => {
                    out.push(c);
                    at += 1;
                }
            }
        }
    }

    fn now(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn take_while(&mut self, takes: impl Fn(char) -> bool) -> String {
        let mut out = String::new();
        while let Some(c) = self.now().filter(|c| takes(*c)) {
            out.push(c);
            self.at += 1;
        }
        out
    }

    fn skip_space(&mut self) {
        self.take_while(|c| c.is_ascii_whitespace() || c == '\u{b}');
    }

    fn expect(&mut self, wanted: char) -> Parsed<()> {
        self.skip_space();
        self.expect_here(wanted)?;
        self.skip_space();
        Ok(())
    }

    fn expect_here(&mut self, wanted: char) -> Parsed<()> {
        match self.now() {
            Some(c) if c == wanted => self.at += 1,
            Some(c) => return Err(self.fault(&wanted.to_string(), &c.to_string())),
            None => return Err(self.fault(&wanted.to_string(), "EOF")),
        }
        Ok(())
    }

    fn fault(&self, wanted: &str, got: &str) -> String {
        format!("Expected: '{wanted}', received: '{got}' for input:\n{}", self.marked(self.at))
    }

    /// The text with a mark under the place.
    fn marked(&self, at: usize) -> String {
        let (before, after) = self.text.split_at(at.min(self.text.len()));
        let column = before.iter().rev().take_while(|c| **c != '\n').count();
        let line_end = after.iter().position(|c| *c == '\n').unwrap_or(after.len());
        let (line, rest) = after.split_at(line_end);
        let text = |chars: &[char]| chars.iter().collect::<String>();
        format!("{}{}\n{}^{}", text(before), text(line), " ".repeat(column), text(rest))
    }
}

fn trimmed(text: &str) -> Value {
    Value::from(text.trim_end())
}

/// What was read, as the shape wants it: numbers, booleans, and a list of one where there is a list.
///
/// # Errors
/// A text where a number has to be.
pub(super) fn fit(shape: &Shape, value: Value) -> Result<Value, String> {
    Ok(match (shape, value) {
        (Shape::Structure(members), Value::Object(mut map)) => {
            for member in *members {
                if let Some(value) = map.get_mut(member.name) {
                    *value = fit(member.shape, value.take())?;
                }
            }
            Value::Object(map)
        }
        (Shape::Map { value: shape, .. }, Value::Object(map)) => {
            let pairs = map.into_iter().map(|(key, value)| Ok((key, fit(shape, value)?)));
            Value::Object(pairs.collect::<Result<_, String>>()?)
        }
        (Shape::List { of, .. }, Value::Array(items)) => {
            Value::Array(items.into_iter().map(|item| fit(of, item)).collect::<Result<_, _>>()?)
        }
        (Shape::List { of, .. }, single) => Value::Array(vec![fit(of, single)?]),
        (Shape::Integer { .. }, Value::String(text)) => integer(&text)?.into(),
        (Shape::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") => true.into(),
        (Shape::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("false") => false.into(),
        (_, other) => other,
    })
}

/// The whole number that a text is.
pub(super) fn integer(text: &str) -> Result<i64, String> {
    text.trim().parse().map_err(|_| format!("invalid literal for int() with base 10: '{text}'"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::parse;

    fn read(text: &str) -> Value {
        parse(text).unwrap_or_else(Value::from)
    }

    #[test]
    fn pairs_lists_and_nesting() {
        assert_eq!(read("Key=a,Value=b c"), json!({"Key": "a", "Value": "b c"}));
        assert_eq!(read("k=a,b,c,d=e"), json!({"k": ["a", "b", "c"], "d": "e"}));
        assert_eq!(read("k=[a, b],d={x=1,y=[2]}"), json!({"k": ["a", "b"], "d": {"x": "1", "y": ["2"]}}));
        assert_eq!(read("k=,d="), json!({"k": "", "d": ""}));
        assert_eq!(read("k=[],d={}"), json!({"k": [], "d": {}}));
        assert_eq!(read("k=a=b"), json!({"k": "a=b"}));
        assert_eq!(read("a.b/c:d#e-1 = x"), json!({"a.b/c:d#e-1": "x"}));
    }

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(read(r#"k="a,b=\"c\"",d='it\'s'"#), json!({"k": "a,b=\"c\"", "d": "it's"}));
        assert_eq!(read(r"k=a\,b,d=e"), json!({"k": "a,b", "d": "e"}));
        assert_eq!(read("k=\"\""), json!({"k": ""}));
        assert_eq!(read("k=日本 "), json!({"k": "日本"}));
    }

    #[test]
    fn faults_say_what_and_where() {
        assert_eq!(parse("k").unwrap_err(), "Expected: '=', received: 'EOF' for input:\nk\n ^");
        assert_eq!(
            parse("k=a\nb=\"c").unwrap_err().lines().next().unwrap(),
            "Expected: ',', received: '\"' for input:"
        );
        assert_eq!(
            parse("a=1,a=2").unwrap_err(),
            "Second instance of key \"a\" encountered for input:\na=1,a=2\n    ^\nThis is often because there is a \
             preceding \",\" instead of a space."
        );
        assert!(parse("k=[a").unwrap_err().starts_with("Expected: ',', received: 'EOF'"));
        assert!(parse(&format!("k={}", "[".repeat(100_000))).is_err());
    }
}
