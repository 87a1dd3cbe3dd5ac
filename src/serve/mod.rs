//! The IAM Query API over HTTP in front of a store, authenticated and authorised.
