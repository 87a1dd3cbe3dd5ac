//! The door: a store's account plus where its changes go. Read-only mode and the journal stand here.
