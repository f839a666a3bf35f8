//! What is asked: the skills as they were typed, one role or the levels of roles; and what a link makes of it.

use super::super::address::Address;
use crate::model::Label;
use crate::search::Had;

/// What the address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Ask {
    /// The skills, as they were typed.
    pub(super) parts: Vec<String>,
    /// The one role.
    pub(super) page: Option<String>,
    /// Ids of levels.
    pub(super) level: Vec<String>,
}

impl Ask {
    /// A form sends its empty fields, too.
    pub(super) fn new(have: &[String], page: Option<String>, level: Vec<String>) -> Self {
        let mut parts: Vec<String> = Vec::new();
        for part in have.iter().flat_map(|have| have.split(',')).map(str::trim) {
            if !part.is_empty() && !parts.iter().any(|known| known == part) {
                parts.push(part.to_owned());
            }
        }
        let filled = |text: &String| !text.trim().is_empty();
        Self { parts, page: page.filter(filled), level: level.into_iter().filter(filled).collect() }
    }

    /// As the field has it.
    pub(super) fn have(&self) -> String {
        self.parts.join(", ")
    }

    /// The page that answers it, from its beginning.
    pub(super) fn address(&self) -> Address {
        let here = super::address(&self.have(), self.page.as_deref());
        self.level.iter().fold(here, |here, level| here.with("level", level))
    }

    /// With a skill more.
    pub(super) fn with(&self, skill: &Label) -> Self {
        let mut with = self.clone();
        with.parts.push(text(skill));
        with
    }

    /// Without a skill, by the text that was understood as it.
    pub(super) fn without(&self, text: &str) -> Self {
        let mut without = self.clone();
        without.parts.retain(|part| part != text);
        without
    }

    /// With a skill in place of what was typed.
    pub(super) fn with_instead(&self, text: &str, skill: &Label) -> Self {
        let mut instead = self.clone();
        for part in instead.parts.iter_mut().filter(|part| *part == text) {
            *part = self::text(skill);
        }
        instead
    }

    /// For this role; for none, for all.
    pub(super) fn of(&self, page: Option<&str>) -> Self {
        Self { page: page.map(str::to_owned), ..self.clone() }
    }

    /// With a level more or, where it is asked for already, without it.
    pub(super) fn turned(&self, level: &str) -> Self {
        let mut turned = self.clone();
        turned.level.retain(|known| known != level);
        if turned.level.len() == self.level.len() {
            turned.level.push(level.to_owned());
        }
        turned
    }

    /// Takes out what was understood as a skill that another part names, too, so that whoever takes the skill out is rid
    /// of it.
    pub(super) fn keep(&mut self, had: &[Had], unknown: impl Fn(&str) -> bool) {
        self.parts.retain(|part| had.iter().any(|had| had.text == *part) || unknown(part));
    }
}

/// The name of a skill as one types it; a name with a comma would be two.
fn text(skill: &Label) -> String {
    if skill.label.contains(',') { skill.id.clone() } else { skill.label.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(id: &str, label: &str) -> Label {
        Label { id: id.to_owned(), label: label.to_owned() }
    }

    #[test]
    fn a_link_changes_what_it_says_and_keeps_the_rest() {
        let have = ["python, ,  k8s".to_owned(), "python,c++".to_owned()];
        let ask = Ask::new(&have, Some(" ".to_owned()), vec!["lead".to_owned(), String::new()]);
        assert_eq!(ask.address().href(), "/ui/gap?have=python%2C+k8s%2C+c%2B%2B&level=lead");
        let with = ask.with(&label("b-c", "B, C")).with(&label("sql", "SQL"));
        assert_eq!(with.have(), "python, k8s, c++, b-c, SQL");
        assert_eq!(with.without("k8s").have(), "python, c++, b-c, SQL");
        assert_eq!(
            ask.with_instead("k8s", &label("kubernetes", "Kubernetes")).have(),
            "python, Kubernetes, c++"
        );
        assert_eq!(ask.turned("lead").turned("senior").level, ["senior"]);
        assert_eq!(
            ask.without("python").without("k8s").without("c++").of(Some("a.html")).address().href(),
            "/ui/gap?page=a.html&level=lead"
        );
    }

    #[test]
    fn what_names_a_skill_twice_is_kept_once() {
        let mut ask = Ask::new(&["k8s, zz, kubernetes".to_owned()], None, Vec::new());
        let had = Had { id: "kubernetes".to_owned(), label: "Kubernetes".to_owned(), text: "k8s".to_owned() };
        ask.keep(&[had], |part| part == "zz");
        assert_eq!(ask.parts, ["k8s", "zz"]);
    }
}
