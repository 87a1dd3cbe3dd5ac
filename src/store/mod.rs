//! SQLite: the schema, the behaviour of every operation, the reads, the search index, the journal.
