//! Drafts that the host keeps: of the entry line and of forms.

pub mod actions;
pub mod slot;
pub mod text;
