//! The subcommands of the `tiam` binary.
