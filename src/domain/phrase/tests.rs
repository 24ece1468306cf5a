//! A text of the organisation in the reader's language, or the next best.

use super::*;

#[test]
fn the_language_asked_for_then_english_then_any() {
    let both = Localised(BTreeMap::from([(Lang::En, "Cause".to_owned()), (Lang::Sv, "Orsak".to_owned())]));
    assert_eq!((both.get(Lang::En), both.get(Lang::Sv)), ("Cause", "Orsak"));
    let english = Localised(BTreeMap::from([(Lang::En, "Cause".to_owned())]));
    assert_eq!(english.get(Lang::Sv), "Cause");
    let swedish = Localised(BTreeMap::from([(Lang::Sv, "Orsak".to_owned())]));
    assert_eq!(swedish.get(Lang::En), "Orsak");
    assert_eq!(Localised::default().get(Lang::En), "");
    assert_eq!(Localised::same("CIM").get(Lang::Sv), "CIM");
}

#[test]
fn a_phrase_survives_the_wire() {
    let inner = Phrase::new("entry-supplier").with("name", "Acme");
    let phrase =
        Phrase::new("entry-supplier-staff").with("supplier", inner).with("count", 3_u64).with("most", u64::MAX);
    let sent = serde_json::to_string(&phrase).expect("a phrase is JSON");
    assert_eq!(serde_json::from_str::<Phrase>(&sent).expect("and back"), phrase);
}
