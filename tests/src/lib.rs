//! Holds no code: the targets beside this file are the acceptance tests.
