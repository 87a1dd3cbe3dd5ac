//! tiam: IAM in your terminal.
//!
//! # The one idea
//!
//! **The console always reads a store; an endpoint is where a store's changes may have to go first.**
//!
//! A *store* is one SQLite file, or memory. It holds any number of *accounts*. A *local* account answers to
//! nobody else: the store itself behaves as IAM does. A *mirrored* account belongs to a remote IAM endpoint: the
//! store holds what was last read from it, and when; a change goes to the endpoint first, and only what the
//! endpoint answered enters the store. So every list, search and question runs on local SQL, online or not, the
//! same way for both.
//!
//! Every change is an operation: one IAM API call is one typed value, defined once in [`api`]. From that one
//! definition come the request sent to an endpoint, the behaviour of the store, the dispatch of `tiam serve`, the
//! journal's record and the `aws iam …` line shown to the admin. There is one door through which operations pass,
//! [`account`], and read-only mode, lock-out protection and the journal stand at that door.
//!
//! # The rooms, in reading order
//!
//! A layer names only layers above it in this list, as `crate::layer::…`. `tests/layers.rs` holds the source to it.
//!
//! | layer | what lives there | must not know |
//! |---|---|---|
//! | [`world`] | time and randomness behind one small trait, and the real one | everything else |
//! | [`text`] | hostile characters made visible; widths; relative times | everything else |
//! | [`iam`] | the nouns: account id, ARN, path, names, ids, tags; quotas; IAM's error codes | I/O, clock |
//! | [`policy`] | the policy language: parser with spans, decision, explanation, lint, catalog | I/O, SQL, terminal |
//! | [`api`] | the verbs: one struct per IAM or STS call; Query encoding, XML, the `aws` command line | SQL, HTTP, terminal |
//! | [`store`] | SQLite: schema, the behaviour of each operation in one transaction, reads, search index, journal | HTTP, terminal |
//! | [`remote`] | an endpoint: credentials, signing, sending, retry and pacing; generic over operations | SQL, terminal |
//! | [`account`] | the door: a store's account plus where its changes go; read-only, journal, mirror | terminal |
//! | [`insight`] | questions over an account: who can, what can they, findings, search phrases | terminal, HTTP |
//! | [`serve`] | the IAM Query API over HTTP in front of a store, authenticated and authorised | terminal |
//! | [`console`] | the terminal: loop, action table, keymap, theme, widgets, forms, editor, panes | SQL, HTTP |
//! | [`command`] | the subcommands | |

pub mod account;
pub mod api;
pub mod command;
pub mod console;
pub mod iam;
pub mod insight;
pub mod policy;
pub mod remote;
pub mod serve;
pub mod store;
pub mod text;
pub mod world;
