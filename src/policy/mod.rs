//! The policy language: a tolerant parser with spans, decision, explanation, lint, catalog.

pub mod catalog;
