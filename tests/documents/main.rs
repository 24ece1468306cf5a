//! What the documents say, checked against the program, the tree and one another.

mod keys;
