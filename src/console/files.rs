//! Files the console writes: a draft for `$EDITOR`, a secret saved on request. Always 0600, never over an existing one.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;

use super::task::Failure;
use crate::world::World;

/// Makes a file that only its owner can read; an error when it exists.
pub fn create_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Lets the user edit a text in `$VISUAL`, else `$EDITOR`, else `vi`. The terminal must have been given back.
///
/// The draft is deleted when all went well; after a failure it stays, and the failure names it.
pub fn edit(text: &str, suffix: &str, world: &dyn World) -> Result<String, Failure> {
    let mut random = [0; 8];
    world.fill(&mut random);
    let name = format!("tiam-{:016x}{suffix}", u64::from_le_bytes(random));
    let path = std::env::temp_dir().join(name);
    create_private(&path, text.as_bytes()).map_err(|error| failed(&path, "cannot be written", &error))?;
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
        Ok(status) => Err(Failure::new(format!("{program} ended with {status}"))),
        Err(error) => Err(Failure::new(format!("{program} cannot be started: {error}"))),
    }
    .map_err(|failure| failure.with_remedy(format!("Your text is unchanged here; the draft is at {}.", path.display())))
}

fn failed(path: &Path, what: &str, error: &io::Error) -> Failure {
    Failure::new(format!("{} {what}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::create_private;

    #[test]
    fn private_files_are_0600_and_never_overwrite() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("key.csv");
        create_private(&path, b"x").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(create_private(&path, b"y").unwrap_err().kind(), std::io::ErrorKind::AlreadyExists);
    }
}
