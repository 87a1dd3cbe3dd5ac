//! What the search view asks the store: names to match, and the places where other texts are found.
//!
//! Every question is bounded, by an index or by a count, so that a keystroke costs the same in an account of any size.

use std::fmt::Write as _;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::filter::trigrams;
use super::{EntityRow, KeyRow, Pane, Read, Row, View};
use crate::iam::Kind;
use crate::store::error::Result;
use crate::store::tx::fold;

/// Names of a kind that are looked through one by one.
const FEW_MAX: usize = 20_000;

/// A thing by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its kind.
    pub kind: Kind,
    /// The name.
    pub name: String,
}

impl AsRef<str> for Named {
    fn as_ref(&self) -> &str {
        &self.name
    }
}

/// A text that belongs to a thing: a tag, or a policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Whose it is.
    pub of: Named,
    /// What it is: `tag`, `trust policy`, `inline policy home`, `policy`.
    pub what: String,
    /// The text itself.
    pub text: String,
}

impl View<'_> {
    /// Every name of the account, by kind; `None` when there are more than `max`.
    pub fn names(&self, max: usize) -> Result<Option<Vec<Named>>> {
        self.read(|read| {
            let sql = "SELECT ifnull(sum(count), 0) FROM tally WHERE account = ?1 AND kind > 0";
            if read.count(sql, [read.account.row])? > max {
                return Ok(None);
            }
            let sql = "SELECT kind, name FROM entity WHERE account = ?1 ORDER BY kind, name_key";
            Ok(Some(read.all(sql, [read.account.row], read_named)?))
        })
    }

    /// Names of that kind, or of every kind, that hold all the words; words of less than three letters must start one.
    pub fn names_like(&self, words: &[&str], kind: Option<Kind>, limit: usize) -> Result<Vec<Named>> {
        self.read(|read| read.names_like(words, kind, limit))
    }

    /// Tags and the documents in force, up to so many bytes; and whether that was all of them.
    pub fn texts(&self, bytes_max: usize) -> Result<(Vec<Text>, bool)> {
        self.read(|read| {
            let (mut texts, mut bytes) = (Vec::new(), 0);
            for sql in TEXTS {
                let mut statement = read.sql.prepare_cached(sql)?;
                let mut rows = statement.query([read.account.row])?;
                while let Some(row) = rows.next()? {
                    let text = Text { of: read_named(row)?, what: row.get(2)?, text: row.get(3)? };
                    bytes += text.text.len();
                    if bytes > bytes_max {
                        return Ok((texts, false));
                    }
                    texts.push(text);
                }
            }
            Ok((texts, true))
        })
    }

    /// Things whose unique id, ARN or path is or begins with the text, or whose path holds it.
    pub fn marked(&self, text: &str, limit: usize) -> Result<Vec<EntityRow>> {
        self.read(|read| read.marked(text, limit))
    }

    /// Access keys whose id holds the text, whatever the case; it takes three letters.
    pub fn keys_like(&self, part: &str, limit: usize) -> Result<Vec<KeyRow>> {
        let Some(grams) = trigrams(part) else { return Ok(Vec::new()) };
        self.read(|read| {
            let sql = "SELECT k.rowid FROM access_key_search s CROSS JOIN access_key k ON k.rowid = s.rowid
                WHERE s.access_key_search MATCH ?1 AND k.account = ?2 AND instr(k.id, upper(?3)) LIMIT ?4";
            let ids = read.all(sql, (grams, read.account.row, part, bound(limit)), |row| row.get(0))?;
            ids.into_iter().filter_map(|id| read.key_row(id).transpose()).collect()
        })
    }

    /// The row of the thing of that kind and name.
    pub fn row(&self, kind: Kind, name: &str) -> Result<Option<Row>> {
        let pane = Pane::of(kind);
        self.read(|read| {
            let sql = "SELECT id FROM entity WHERE account = ?1 AND kind = ?2 AND name_key = ?3";
            let id: Option<i64> = read.one(sql, (read.account.row, kind.number(), fold(name)), |row| row.get(0))?;
            id.map_or(Ok(None), |id| read.row(pane, id))
        })
    }
}

/// Tags, trust policies, inline policies, default versions: kind, name, what, text.
const TEXTS: [&str; 4] = [
    "SELECT e.kind, e.name, 'tag', t.key || '=' || t.value FROM tag t JOIN entity e ON e.id = t.entity
     WHERE e.account = ?1",
    "SELECT e.kind, e.name, 'trust policy', r.trust FROM role r JOIN entity e ON e.id = r.entity WHERE e.account = ?1",
    "SELECT e.kind, e.name, 'inline policy ' || i.name, i.document FROM inline_policy i JOIN entity e ON e.id = i.entity
     WHERE e.account = ?1",
    "SELECT e.kind, e.name, 'policy', v.document FROM policy p JOIN entity e ON e.id = p.entity
     JOIN policy_version v ON v.policy = p.entity AND v.number = p.default_version WHERE p.account = ?1",
];

impl Read<'_> {
    fn names_like(&self, words: &[&str], kind: Option<Kind>, limit: usize) -> Result<Vec<Named>> {
        let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
        let grams: Vec<String> = words.iter().filter_map(|word| trigrams(word)).collect();
        let kinds = kind.map_or_else(
            || Kind::ALL.map(|kind| kind.number().to_string()).join(", "),
            |kind| kind.number().to_string(),
        );
        let mut params = vec![Value::Integer(self.account.row), Value::Integer(bound(limit))];
        let mut holds = String::new();
        for word in &words {
            params.push(word.clone().into());
            // Writing to a string cannot fail.
            let _ = write!(holds, " AND instr(k.name_key, ?{})", params.len());
        }
        let fixed = format!("k.account = ?1 AND k.kind IN ({kinds})");
        let sql = if self.is_few(kind)? {
            format!("SELECT k.kind, k.name FROM entity k WHERE {fixed}{holds} LIMIT ?2")
        } else if grams.is_empty() {
            let Some(first) = words.first() else { return Ok(Vec::new()) };
            params.push(format!("{first}\u{10ffff}").into());
            let range = format!("k.name_key >= ?3 AND k.name_key < ?{}", params.len());
            format!("SELECT k.kind, k.name FROM entity k WHERE {fixed} AND {range}{holds} LIMIT ?2")
        } else {
            params.push(grams.join(" ").into());
            format!(
                "SELECT k.kind, k.name FROM entity_search s CROSS JOIN entity k ON k.id = s.rowid
                 WHERE s.entity_search MATCH ?{} AND {fixed}{holds} LIMIT ?2",
                params.len()
            )
        };
        self.all(&sql, params_from_iter(params), read_named)
    }

    /// Whether a kind has so few names that they are soon looked through; among the trigrams of a million users they would
    /// be long in coming.
    fn is_few(&self, kind: Option<Kind>) -> Result<bool> {
        let Some(kind) = kind else { return Ok(false) };
        let sql = "SELECT ifnull(sum(count), 0) FROM tally WHERE account = ?1 AND kind = ?2";
        Ok(self.count(sql, (self.account.row, kind.number()))? <= FEW_MAX)
    }

    fn marked(&self, text: &str, limit: usize) -> Result<Vec<EntityRow>> {
        let end = format!("{text}\u{10ffff}");
        let mut ids: Vec<i64> = Vec::new();
        let upper = text.to_uppercase();
        let by_id = "SELECT id FROM entity WHERE uid <> '' AND uid >= ?2 AND uid < ?3 AND account = ?1 LIMIT ?4";
        if upper.len() > 4 {
            let params = (self.account.row, &upper, format!("{upper}\u{10ffff}"), bound(limit));
            ids.extend(self.all(by_id, params, |row| row.get::<_, i64>(0))?);
        }
        if text.starts_with("arn:") {
            let sql = "SELECT id FROM entity WHERE account = ?1 AND arn >= ?2 AND arn < ?3 LIMIT ?4";
            ids.extend(self.all(sql, (self.account.row, text, &end, bound(limit)), |row| row.get::<_, i64>(0))?);
        } else if text.contains('/') {
            let sql = "SELECT id FROM entity WHERE account = ?1 AND path <> '/' AND instr(path, ?2) LIMIT ?3";
            ids.extend(self.all(sql, (self.account.row, text, bound(limit)), |row| row.get::<_, i64>(0))?);
        }
        ids.into_iter().filter_map(|id| self.entity_row(id).transpose()).collect()
    }
}

fn read_named(row: &rusqlite::Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named { kind: Kind::of_number(row.get(0)?).unwrap_or(Kind::User), name: row.get(1)? })
}

fn bound(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
