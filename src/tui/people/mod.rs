//! People: roles and calls, who is here and what they write, and who types here.

pub mod rows;
