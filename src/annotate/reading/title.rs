//! What the title of a role tells by itself: that it is one, and how far up it stands.

use super::roles;
use super::word_set::{WordSet, Words};
use crate::model::Level;
use crate::text::{self, words};

/// Most words of a title that stands alone.
const LONGEST: usize = 10;

/// They end the part of a title that names the role: "Director of Data", "Engineer in Test".
static COMPLEMENTS: WordSet =
    WordSet::new(|| Words::of("of for in at to de du des d der fur en para del im"));

static INTERN: WordSet = WordSet::new(|| {
    Words::of(
        "intern internship trainee apprentice apprenticeship praktikant praktikantin praktikum werkstudent \
         werkstudentin azubi auszubildende auszubildender volontar stagiaire alternant alternante \
         alternance apprenti apprentie becario becaria practicante aprendiz practicas",
    )
});
static JUNIOR: WordSet = WordSet::new(|| {
    Words::of(
        "junior juniors jr entry beginner graduate berufseinsteiger berufseinsteigerin einsteiger debutant \
         debutante novato",
    )
});
static MID: WordSet = WordSet::new(|| Words::of("mid middle intermediate medior confirme confirmee ii"));
static SENIOR: WordSet = WordSet::new(|| Words::of("senior seniors sr iii"));
/// After "middle" and its like they make it no level.
static AREAS: WordSet = WordSet::new(|| {
    Words::of(
        "school schools grade grades years office east market markets atlantic west wales care term cap",
    )
});
/// After "graduate" and its like they make the role one for those.
static PROGRAMMES: WordSet = WordSet::new(|| {
    Words::of(
        "recruiter recruiters recruiting recruitment admissions school schools college program programs \
         programme programmes scheme schemes studies education coordinator coordinators advisor adviser \
         talent careers outreach assessor tutor",
    )
});
/// Managers of things, not of people.
static NO_PEOPLE: WordSet = WordSet::new(|| {
    Words::of(
        "product project program programme account accounts office community content case brand category \
         relationship success portfolio event events campaign media release contract contracts partner \
         delivery produkt projekt produktmanager projektmanager change risk proposal bid traffic vendor \
         asset property configuration wealth fund key records incident problem proyecto proyectos producto \
         projet projets produit stage",
    )
});
/// Directors of works.
static OF_WORKS: WordSet =
    WordSet::new(|| Words::of("art creative film stage funeral music casting artistique arte photography"));
static CHIEFS: WordSet = WordSet::new(|| Words::of("cto ceo cfo cio ciso coo cmo cpo cdo cro chro cso"));
/// Staff is a rank among these, and a mere post among nurses.
static RANKED_AS_STAFF: WordSet = WordSet::new(|| {
    Words::of(
        "engineer developer designer scientist architect software data analyst researcher sre product ml \
         machine security platform backend frontend site go program technical level ux",
    )
});

/// How far up a role stands, as its title says; none where the title does not say.
pub(in crate::annotate) fn level_of(title: &str) -> Option<Level> {
    let words: Vec<_> = words(title).take(LONGEST + 6).map(|word| word.folded).collect();
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    let words = words.as_slice();
    let any = |names: &[&str]| words.iter().any(|word| names.contains(word));
    let has = |names: &WordSet| words.iter().any(|word| names.contains(word));
    let pair = |first: &str, second: &str| words.windows(2).any(|pair| pair == [first, second]);
    let ends =
        |ending: &str| words.iter().any(|word| word.strip_suffix("in").unwrap_or(word).ends_with(ending));
    let intern = has_level(words, &INTERN) || is_french_internship(words);
    if intern || pair("working", "student") || pair("co", "op") {
        return Some(Level::Intern);
    }
    // "Assistant to the director" is none.
    let serves = any(&["assistant", "assistenz", "assistente", "asistente", "secretary", "assistante"]);
    if serves && !any(&["manager", "director", "professor"]) || pair("assistant", "to") {
        return rank_of(words);
    }
    let chief = pair("chief", "of");
    if has(&CHIEFS)
        || (any(&["chief"]) && any(&["officer"]))
        || pair("managing", "director")
        || pair("director", "general")
        || pair("directeur", "general")
        || pair("directrice", "generale")
        || any(&["geschaftsfuhrer", "geschaftsfuhrerin", "vorstand", "pdg"])
        || (any(&["president"]) && !any(&["vice"]))
    {
        return Some(Level::Executive);
    }
    let director =
        any(&["director", "directors", "directeur", "directrice", "direktor", "direktorin", "directora"]);
    if (director && !has(&OF_WORKS))
        || any(&["vp", "svp", "evp", "avp"])
        || pair("vice", "president")
        || pair("head", "of")
        || words.first() == Some(&"leiter")
        || words.first() == Some(&"leiterin")
        || ends("bereichsleiter")
    {
        return Some(Level::Director);
    }
    if leads_people(words) || ends("abteilungsleiter") || ends("filialleiter") {
        return Some(Level::Manager);
    }
    let staff = any(&["staff"]) && has(&RANKED_AS_STAFF) || words == ["staff"];
    let principal = words.first() == Some(&"principal");
    let lead = any(&["lead"]) && !pair("lead", "generation") || pair("team", "leader") || ends("teamleiter");
    let equipe = pair("jefe", "de") && any(&["equipo"]) || any(&["chef"]) && any(&["equipe"]);
    let chief = any(&["chief"]) && !chief && words.first() == Some(&"chief");
    if staff || principal || lead || equipe || chief || any(&["distinguished"]) {
        return Some(Level::Lead);
    }
    rank_of(words)
}

/// Whether one of the words names a level, and not what the role is about: "Data Entry Clerk", "Middle School Teacher",
/// "Graduate Recruiter", "Internship Coordinator".
fn has_level(words: &[&str], level: &WordSet) -> bool {
    words.iter().enumerate().filter(|(_, word)| level.contains(word)).any(|(at, word)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        match *word {
            "entry" => words.len() == 1 || matches!(next, "level" | "levels" | "position" | "role"),
            "mid" | "middle" | "intermediate" => !AREAS.contains(next),
            "graduate" | "internship" | "apprenticeship" => {
                !words[at + 1..].iter().any(|word| PROGRAMMES.contains(word))
            }
            _ => true,
        }
    })
}

/// "Stage développeur", "Stage en marketing", "Offre de stage"; not "Stage Manager", "Early Stage Investor".
fn is_french_internship(words: &[&str]) -> bool {
    words.iter().position(|word| *word == "stage").is_some_and(|at| {
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let next = words.get(at + 1).copied().unwrap_or_default();
        let ends =
            next.is_empty() && !matches!(before, "early" | "late" | "growth" | "seed" | "first" | "on");
        let french = |word: &str| roles::begins_a_title(word) && !matches!(word, "consultant" | "director");
        ends || before == "de" || matches!(next, "de" | "d" | "en" | "pour" | "dans" | "chez") || french(next)
    })
}

/// A manager whose people are meant, not a product.
fn leads_people(words: &[&str]) -> bool {
    let no_people = words.iter().any(|word| NO_PEOPLE.contains(word));
    words.iter().enumerate().any(|(at, word)| match *word {
        "manager" | "managers" | "managerin" | "gerente" => !no_people,
        "supervisor" | "foreman" => true,
        "responsable" => at == 0,
        "jefe" | "jefa" | "chef" => {
            words.get(at + 1) == Some(&"de")
                && !no_people
                && !words[at..].iter().any(|word| matches!(*word, "equipo" | "equipe" | "partie" | "cuisine"))
        }
        _ => false,
    })
}

fn rank_of(words: &[&str]) -> Option<Level> {
    let any = |names: &[&str]| words.iter().any(|word| names.contains(word));
    let semi = words.windows(2).any(|pair| matches!(pair, ["semi", "senior"]));
    let associate = words.first() == Some(&"associate")
        && words.len() > 1
        && !any(&["professor", "partner", "attorney", "dean", "general", "counsel", "editor", "producer"]);
    if semi || has_level(words, &MID) {
        Some(Level::Mid)
    } else if has_level(words, &SENIOR) {
        Some(Level::Senior)
    } else if has_level(words, &JUNIOR) || associate || words.last() == Some(&"i") && words.len() > 1 {
        Some(Level::Junior)
    } else {
        None
    }
}

/// Whether a text is only the name of a level: "Senior", "Mid-level", "Tier 2".
pub(in crate::annotate) fn is_level(text: &str) -> bool {
    // "Tier 2", "Level 3"
    let mut numbered = words(text);
    let named = numbered.next().is_some_and(|word| {
        matches!(word.folded.as_ref(), "tier" | "level" | "grade" | "band" | "stufe" | "niveau" | "nivel")
    });
    let is_number = |word: text::Word<'_>| word.folded.bytes().all(|byte| byte.is_ascii_digit());
    if named && numbered.next().is_some_and(is_number) && numbered.next().is_none() {
        return true;
    }
    let mut found =
        words(text).filter(|word| !matches!(word.folded.as_ref(), "level" | "levels" | "stufe" | "niveau"));
    let plain = |word: &str| {
        [&JUNIOR, &MID, &SENIOR, &INTERN].iter().any(|names| names.contains(word))
            || matches!(
                word,
                "lead" | "staff" | "principal" | "expert" | "executive" | "manager" | "director"
            )
    };
    found.next().is_some_and(|word| plain(&word.folded)) && found.next().is_none()
}

/// Whether a title is a name of the page's own role: the same words, or the last of them ("Engineering Manager" on the
/// page of a Backend Engineering Manager).
pub(in crate::annotate) fn is_own(title: &str, role: Option<&str>) -> bool {
    let Some(role) = role else { return false };
    let of = |text: &str| -> Vec<String> {
        words(text).take(LONGEST + 1).map(|word| word.folded.into_owned()).collect()
    };
    let (title, role) = (of(title), of(role));
    let same = |(word, own): (&String, &String)| word == own || word.strip_suffix('s') == Some(own);
    let ends =
        role.len().checked_sub(title.len()).is_some_and(|from| title.iter().zip(&role[from..]).all(same));
    title == role || (title.len() >= 2 && ends)
}

/// Whether a text is the title of a role and nothing else; `role` is the page's own, whose last word is one too.
pub(in crate::annotate) fn is_title(text: &str, role: Option<&str>) -> bool {
    let words: Vec<_> = words(text).take(LONGEST + 1).map(|word| word.folded).collect();
    if words.is_empty() || words.len() > LONGEST {
        return false;
    }
    let end = words.iter().position(|word| COMPLEMENTS.contains(word.as_ref())).unwrap_or(words.len());
    let Some(mut last) = end.checked_sub(1) else { return false };
    // "Engineer II", "Developer 3", "Ingénieur logiciel senior"
    while last > 0 && is_rank(&words[last]) {
        last -= 1;
    }
    let own = role.map(|role| text::words(role).map(|word| word.folded).collect::<Vec<_>>());
    let is_role = |word: &str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        roles::is_noun(word)
            || own.as_ref().and_then(|own| own.last()).is_some_and(|own| own == word || own == singular)
    };
    is_role(&words[last]) || roles::begins_a_title(&words[0])
}

fn is_rank(word: &str) -> bool {
    SENIOR.contains(word)
        || JUNIOR.contains(word)
        || MID.contains(word)
        || matches!(word, "i" | "iv" | "v")
        || (word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_titles() {
        for (title, wanted) in [
            ("Software Engineering Intern", Some(Level::Intern)),
            ("Werkstudent Softwareentwicklung", Some(Level::Intern)),
            ("Internal Auditor", None),
            ("Stage Manager", None),
            ("Early Stage Investor", None),
            ("Stage Technician", None),
            ("Stage développeur web", Some(Level::Intern)),
            ("Stage en marketing", Some(Level::Intern)),
            ("Développeur web (stage)", Some(Level::Intern)),
            ("Internship Coordinator", None),
            ("Marketing Internship", Some(Level::Intern)),
            ("Data Entry Clerk", None),
            ("Entry-Level Developer", Some(Level::Junior)),
            ("Entry", Some(Level::Junior)),
            ("Middle School Teacher", None),
            ("Mid-Market Account Executive", None),
            ("Middle Backend Developer", Some(Level::Mid)),
            ("Graduate Recruiter", None),
            ("Graduate School Dean", None),
            ("Graduate Software Engineer", Some(Level::Junior)),
            ("Jr. Developer", Some(Level::Junior)),
            ("Associate Engineer", Some(Level::Junior)),
            ("Cloud Support Associate", None),
            ("Software Engineer II", Some(Level::Mid)),
            ("Mid-level Designer", Some(Level::Mid)),
            ("Desarrollador semi senior", Some(Level::Mid)),
            ("Sr. Data Engineer", Some(Level::Senior)),
            ("Senior Product Manager", Some(Level::Senior)),
            ("Staff Software Engineer", Some(Level::Lead)),
            ("Staff Nurse", None),
            ("Principal Architect", Some(Level::Lead)),
            ("Lead Generation Specialist", None),
            ("Teamleiter Vertrieb", Some(Level::Lead)),
            ("Engineering Manager", Some(Level::Manager)),
            ("Account Manager", None),
            ("Product Manager", None),
            ("Office Manager", None),
            ("Projektleiter", None),
            ("Chef de projet", None),
            ("Jefe de ventas", Some(Level::Manager)),
            ("Head of Product Management", Some(Level::Director)),
            ("VP of Engineering", Some(Level::Director)),
            ("Vice President, Sales", Some(Level::Director)),
            ("Leiter Controlling", Some(Level::Director)),
            ("Directeur technique", Some(Level::Director)),
            ("Art Director", None),
            ("Chief Technology Officer", Some(Level::Executive)),
            ("Executive Assistant to the CEO", None),
            ("Account Executive", None),
            ("Chief of Staff", None),
            ("Backend Engineer", None),
        ] {
            assert_eq!(level_of(title), wanted, "{title}");
        }
    }

    #[test]
    fn names_of_the_page_s_own_role() {
        let role = Some("Backend Engineering Manager");
        for title in ["Backend Engineering Manager", "engineering managers", "Engineering Manager"] {
            assert!(is_own(title, role), "{title}");
        }
        for title in ["Manager", "Engineering", "Senior Backend Engineering Manager", "Backend Engineer", ""]
        {
            assert!(!is_own(title, role), "{title}");
        }
        assert!(is_own("Nurse", Some("Nurse")) && !is_own("Nurse", None));
    }

    #[test]
    fn titles_and_what_are_none() {
        for title in [
            "Tech Lead or Squad Lead",
            "Head of data platform",
            "Ingénieur logiciel senior",
            "Softwareentwickler",
            "Director of Engineering",
            "Developer 3",
            "Jefe de equipo",
            "Project coordinator, engineer or analyst",
        ] {
            assert!(is_title(title, None), "{title}");
        }
        assert!(is_title("Senior sommelier", Some("Sommelier")));
        for text in [
            "Specializations in Engineering Management",
            "Continuous Growth and Challenges",
            "Bonus",
            "",
            "In Test",
            "First Years: Hands-On",
            "Lead by example",
            "Master the basics",
        ] {
            assert!(!is_title(text, None), "{text}");
        }
        assert!(is_level("Mid-Level") && is_level("Senior") && !is_level("Senior years"));
    }
}
