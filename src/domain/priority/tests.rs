//! Priority by the matrix, and what it asks for.

use super::*;
use crate::domain::fixture::routine;

#[test]
fn the_matrix_is_read_by_urgency_then_impact() {
    let model = routine::small().priority;
    let grade = |n| Grade::new(n).expect("a grade");
    for (urgency, impact, level, activation) in [
        (1, 1, 1, Activation::Mandatory),
        (1, 3, 2, Activation::Optional),
        (2, 3, 3, Activation::Unneeded),
        (3, 2, 3, Activation::Unneeded),
        (3, 3, 4, Activation::Unneeded),
    ] {
        assert_eq!(model.level(grade(urgency), grade(impact)), level, "urgency {urgency} impact {impact}");
        assert_eq!(model.activation(level), activation);
    }
}

#[test]
fn a_grade_is_one_two_or_three() {
    assert_eq!([0, 1, 3, 4].map(|n| Grade::new(n).is_some()), [false, true, true, false]);
    assert!(serde_json::from_str::<Grade>("4").is_err());
    assert_eq!(serde_json::from_str::<Grade>("1").ok(), Some(Grade::HIGHEST));
}
