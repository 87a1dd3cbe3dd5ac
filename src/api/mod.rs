//! The verbs: one struct per IAM or STS call with its output, defined once.
