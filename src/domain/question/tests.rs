//! When an answer has grown stale.

use super::*;
use crate::domain::fixture::{author, minute, routine};

#[test]
fn stale_from_the_minute_the_question_names() {
    let answer = QuestionAnswer {
        seq: 3,
        text: "expired certificate".into(),
        certainty: Certainty::Assumed,
        time: None,
        by: author(),
        at: minute(10),
        former: Vec::new(),
    };
    let small = routine::small();
    let question = small.question("what").expect("a question of the routine");
    assert!(!answer.is_stale(question, minute(39)));
    assert!(answer.is_stale(question, minute(40)));
    assert!(!answer.is_stale(question, minute(0)), "not when the clock went back");
}
