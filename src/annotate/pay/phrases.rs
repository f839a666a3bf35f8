//! The words around an amount that tell how much it is, folded; in English, German, French, Spanish and a few others.

/// Multiplies the number before it, where a space stands between them.
pub(super) const TIMES: &[(&str, f64)] = &[
    ("thousand", 1e3),
    ("tausend", 1e3),
    ("tsd", 1e3),
    ("mille", 1e3),
    ("mil", 1e3),
    ("grand", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("millionen", 1e6),
    ("millones", 1e6),
    ("mio", 1e6),
    ("mn", 1e6),
    ("billion", 1e9),
    ("billions", 1e9),
    ("milliarden", 1e9),
    ("bn", 1e9),
    ("lakh", 1e5),
    ("lakhs", 1e5),
    ("lac", 1e5),
    ("lacs", 1e5),
    ("lpa", 1e5),
    ("crore", 1e7),
    ("crores", 1e7),
    ("万", 1e4),
];
/// Multiplies only right after the number.
pub(super) const TIMES_GLUED: &[(&str, f64)] =
    &[("k", 1e3), ("m", 1e6), ("mm", 1e6), ("b", 1e9), ("l", 1e5), ("cr", 1e7), ("t", 1e3)];

/// Between the ends of a range.
pub(super) const TO: &[&str] = &["hasta", "to", "bis", "a", "til", "tot", "until", "through", "do"];
/// The same after "between".
pub(super) const AND: &[&str] = &["and", "und", "et", "y", "e", "och", "en"];
pub(super) const BETWEEN: &[&str] = &["between", "zwischen", "entre", "mellan"];
/// May stand beside the ends of a range and changes nothing.
pub(super) const FILLERS: &[&str] =
    &["up", "zu", "about", "around", "roughly", "ca", "circa", "over", "approximately", "hasta"];

/// What the amount between the least and the most is called.
pub(super) const MIDDLES: &[&str] = &["mid", "midpoint", "middle", "target", "mitte", "milieu", "medio"];

/// The words before an amount that say that it is the most.
pub(super) const UP_TO: &[&[&str]] = &[
    &["up", "to"],
    &["bis", "zu"],
    &["bis"],
    &["jusqu", "'", "a"],
    &["jusqu", "’", "a"],
    &["hasta"],
    &["hochstens"],
    &["au", "maximum"],
    &["au", "maximum", "de"],
    &["au", "plus"],
    &["como", "maximo"],
    &["como", "maximo", "de"],
    &["un", "maximo", "de"],
    &["max"],
    &["maximal"],
    &["maximum"],
    &["maximum", "of"],
    &["maximum", "is"],
    &["less", "than"],
    &["under"],
    &["at", "most"],
    &["no", "more", "than"],
    &["as", "high", "as"],
    &["as", "much", "as"],
];
/// The words before an amount that say that it is the least.
pub(super) const FROM: &[&[&str]] = &[
    &["from"],
    &["starting", "at"],
    &["starts", "at"],
    &["start", "at"],
    &["starting", "from"],
    &["begins", "at"],
    &["begin", "at"],
    &["beginning", "at"],
    &["at", "least"],
    &["min"],
    &["minimum"],
    &["minimum", "of"],
    &["minimum", "is"],
    &["more", "than"],
    &["over"],
    &["above"],
    &["exceed"],
    &["exceeding"],
    &["upwards", "of"],
    &["upward", "of"],
    &["north", "of"],
    &["in", "excess", "of"],
    &["excess", "of"],
    &["not", "less", "than"],
    &["ab"],
    &["mindestens"],
    &["wenigstens"],
    &["como", "minimo"],
    &["como", "minimo", "de"],
    &["beginnt", "bei"],
    &["beginnen", "bei"],
    &["commence", "a"],
    &["empieza", "en"],
    &["uber"],
    &["mehr", "als"],
    &["a", "partir", "de"],
    &["des"],
    &["plus", "de"],
    &["au", "moins"],
    &["minimum", "de"],
    &["desde"],
    &["mas", "de"],
    &["al", "menos"],
];
pub(super) const ABOUT: &[&[&str]] = &[
    &["about"],
    &["around"],
    &["approximately"],
    &["approx"],
    &["circa"],
    &["ca"],
    &["c"],
    &["roughly"],
    &["near"],
    &["nearly"],
    &["almost"],
    &["some"],
    &["~"],
    &["≈"],
    &["etwa"],
    &["rund"],
    &["ungefahr"],
    &["knapp"],
    &["environ"],
    &["autour", "de"],
    &["pres", "de"],
    &["alrededor", "de"],
    &["aproximadamente"],
    &["cerca", "de"],
    &["unos"],
];
/// The words after an amount that say that it is the least.
pub(super) const AND_UP: &[&[&str]] = &[
    &["and", "up"],
    &["and", "above"],
    &["and", "over"],
    &["and", "more"],
    &["or", "more"],
    &["or", "above"],
    &["upwards"],
    &["plus"],
    &["und", "mehr"],
    &["oder", "mehr"],
    &["aufwarts"],
    &["et", "plus"],
    &["ou", "plus"],
    &["o", "mas"],
    &["y", "mas"],
];
/// Of whose dollars are spoken: "US dollars".
pub(super) const NATIONS: &[(&str, &str)] = &[
    ("us", "USD"),
    ("american", "USD"),
    ("canadian", "CAD"),
    ("australian", "AUD"),
    ("singapore", "SGD"),
    ("swiss", "CHF"),
    ("suisses", "CHF"),
    ("schweizer", "CHF"),
    ("indian", "INR"),
];
