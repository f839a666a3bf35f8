//! Words that say nothing of what is looked for, by language; they are wanted only when quoted, or when there is no
//! other. Names of skills ("c", "go", "r") are none, and neither is what an answer turns on ("senior", "without").

use crate::index::Analyzer;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

/// Without accents, separated by spaces.
const STOP_WORDS: [(&str, &str); 10] = [
    (
        "da",
        "af alle at da de den der det dig din du eller en er et for fra har hun hvad hvem hvis hvor hvordan i ikke jeg \
         kan man med min mit og om os pa sa sig skal som til var ved vi vil",
    ),
    (
        "de",
        "aber als am an auch auf aus bei beim bin bis da das dass dem den denn der des die dies diese du durch ein eine \
         einem einen einer eines er es fur habe haben hat ich ihr im in ist ja kann man mein mich mir mit muss nach \
         nicht noch nur oder ob sein sich sie sind so soll um und uns von vom war was welche wenn wer werden wie wird \
         wir wo zu zum zur uber",
    ),
    (
        "en",
        "a an and any are as at be been but by can could did do does for from had has have how i if im in into is it \
         its me my no not of on or our s should so such t than that the their then there these they this to was we \
         were what when where which who why will with would you your",
    ),
    (
        "es",
        "a al como con cual cuales cuando de del donde el ella en entre es esta este esto hay la las le lo los mas me \
         mi muy no o para pero por que quien se ser si sin sobre son su sus te tu un una unas unos y ya yo",
    ),
    (
        "fr",
        "a au aux avec ce ces cet cette comment dans de des du elle en est et etre il ils je la le les leur lui ma mais \
         me mes mon ne nous on ou par pas plus pour qu que quel quelle quelles quels qui sa se ses si son sont sur ta \
         te tes ton tu un une vos votre vous y l d j n",
    ),
    (
        "it",
        "a ai al alla alle anche che chi ci come con da dal dalla dei del della delle di dove e gli ha i il in io la le \
         lo ma mi nel nella non o per piu quale quali quando si sono su sul tra un una uno l d",
    ),
    (
        "nl",
        "aan als bij dat de den der die dit doe een en er haar heb heeft het hij hoe ik in is je kan maar me met mijn \
         moet na naar niet of om onder ons op over te tot uit van veel voor waar wat we wel wie wil wordt ze zich zijn \
         zo",
    ),
    (
        "no",
        "av alle at da de den der det du eller en er et for fra ha har hun hva hvem hvis hvor hvordan i ikke jeg kan \
         man med min mitt og om oss pa sa seg skal som til var ved vi vil",
    ),
    (
        "pt",
        "a ao aos as como com da das de do dos e ela ele em entre essa esse esta este eu mais mas me meu minha na nas \
         nao no nos o os ou para pela pelo por qual quais quando que quem se sem seu sua sao sobre um uma umas uns",
    ),
    (
        "sv",
        "alla att av da de den det din du eller en er ett for fran ha han har hon hur i inte jag kan man med min mitt \
         och om oss pa sa sig ska som till var vad vem vi vid vill",
    ),
];

/// The same, to look a word up.
static BY_LANGUAGE: LazyLock<[(&str, HashSet<&str>); 10]> =
    LazyLock::new(|| STOP_WORDS.map(|(language, words)| (language, words.split(' ').collect())));

/// The words of the table, and those that say nothing on one site, whatever the language.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct StopWords {
    of_site: Arc<HashSet<String>>,
}

impl StopWords {
    /// With these, folded.
    pub(in crate::search) fn with(of_site: &[String]) -> Self {
        Self { of_site: Arc::new(of_site.iter().cloned().collect()) }
    }

    /// Whether a word is one in a language; languages that are not in the table have none of their own.
    pub(in crate::search) fn has(&self, word: &str, analyzer: Analyzer) -> bool {
        let language = analyzer.language().unwrap_or_default();
        let list = BY_LANGUAGE.iter().find(|(known, _)| *known == language);
        self.of_site.contains(word) || list.is_some_and(|(_, words)| words.contains(word))
    }
}
