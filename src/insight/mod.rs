//! Questions over an account: who can, findings, search phrases.
