//! Every form there is: what it asks, and which intent it becomes. One file for each part of the work.

pub mod aftermath;
pub mod clock;
pub mod declare;
pub mod incident;
pub mod meeting;
pub mod message;
pub mod people;
pub mod plan;
pub mod supply;
