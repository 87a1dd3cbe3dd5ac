//! Files the console reads and writes: documents, a private draft for `$EDITOR`.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::process::Command;

use super::task::Failure;
use crate::store::files::write_private;
use crate::world::World;

/// Lets the user edit a text in `$VISUAL`, else `$EDITOR`, else `vi`. The terminal must have been given back.
///
/// The draft is deleted when all went well; where the editor failed it stays, and the failure names it.
pub fn edit(text: &str, suffix: &str, world: &dyn World) -> Result<String, Failure> {
    let mut random = [0; 8];
    world.fill(&mut random);
    let name = format!("tiam-{:016x}{suffix}", u64::from_le_bytes(random));
    let path = std::env::temp_dir().join(name);
    write_private(&path, text.as_bytes()).map_err(|error| failed(&path, "cannot be written", &error))?;
    let edited = run_editor(&path)
        .and_then(|()| std::fs::read_to_string(&path).map_err(|error| failed(&path, "cannot be read back", &error)))?;
    // A draft left behind in the temporary directory is private and does no harm.
    drop(std::fs::remove_file(&path));
    Ok(edited)
}

fn run_editor(path: &Path) -> Result<(), Failure> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = Command::new(program).args(words).arg(path).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("{program} ended with {status}"))
            .with_remedy(format!("What it saved is kept in {}.", path.display()))),
        Err(error) => {
            // The draft holds nothing that the editor does not show.
            drop(std::fs::remove_file(path));
            let told = Failure::new(format!("{program} cannot be started: {error}"));
            Err(told.with_remedy("Set $EDITOR to one that is there; your text is unchanged."))
        }
    }
}

/// The longest document read from a file, in bytes: the largest that IAM takes is SAML metadata of ten million characters.
const DOCUMENT_BYTES_MAX: u64 = 10_000_000;

/// A document that was named by its file, or pasted as it is into a field of one line.
///
/// # Errors
/// When the file cannot be read, is too long, or is no text.
pub async fn document(typed: &str) -> Result<String, Failure> {
    let typed = typed.trim();
    if let Some(text) = pasted(typed) {
        return Ok(text);
    }
    let path = match (typed.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => Path::new(typed).to_owned(),
    };
    let read = move || {
        let failed = |error: io::Error| failed(&path, "cannot be read", &error);
        let mut text = String::new();
        let file = File::open(&path).map_err(failed)?;
        file.take(DOCUMENT_BYTES_MAX + 1).read_to_string(&mut text).map_err(failed)?;
        if text.len() as u64 > DOCUMENT_BYTES_MAX {
            return Err(Failure::new(format!("{} is longer than {DOCUMENT_BYTES_MAX} bytes", path.display())));
        }
        Ok(text)
    };
    tokio::task::spawn_blocking(read).await.unwrap_or_else(|_| Err(Failure::new("the file was not read to its end")))
}

/// The document itself, if that is what stands in the field. A PEM gets the line breaks back that one line cannot have.
fn pasted(typed: &str) -> Option<String> {
    if typed.starts_with('<') || typed.starts_with("ssh-") || typed.starts_with("ecdsa-") {
        return Some(typed.to_owned());
    }
    if !typed.starts_with("-----BEGIN ") {
        return None;
    }
    let mut text = String::new();
    for (index, part) in typed.split("-----").enumerate().skip(1) {
        // Between the dashes stand, in turn, a label, the body, a label.
        match index % 4 {
            1 | 3 => text.extend(["-----", part, "-----\n"]),
            _ => text.extend(part.split_whitespace().flat_map(|line| [line, "\n"])),
        }
    }
    Some(text)
}

fn failed(path: &Path, what: &str, error: &io::Error) -> Failure {
    Failure::new(format!("{} {what}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{document, pasted};

    #[test]
    fn a_pasted_pem_gets_its_lines_back() {
        let pem = "-----BEGIN CERTIFICATE----- AAAA BBBB -----END CERTIFICATE-----";
        assert_eq!(pasted(pem).unwrap(), "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n-----END CERTIFICATE-----\n");
        assert_eq!(pasted("<x/>").as_deref(), Some("<x/>"));
        assert_eq!(pasted("metadata.xml"), None);
    }

    #[tokio::test]
    async fn a_document_is_read_from_its_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("m.xml");
        std::fs::write(&path, "<m/>").unwrap();
        assert_eq!(document(path.to_str().unwrap()).await.unwrap(), "<m/>");
        let missing = document("/nowhere/m.xml").await.unwrap_err();
        assert!(missing.message.starts_with("/nowhere/m.xml cannot be read"), "{missing}");
    }
}
