//! Addresses of pages as lists of parameters: what a link changes of the page that it stands on.

use std::borrow::Cow;

/// A path and the parameters behind it, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    path: Cow<'static, str>,
    pairs: Vec<(String, String)>,
}

impl Address {
    /// Without parameters.
    pub(super) fn new(path: impl Into<Cow<'static, str>>) -> Self {
        Self { path: path.into(), pairs: Vec::new() }
    }

    /// What a request asks for. A form sends its empty fields, too: they say nothing, and are left out.
    pub(super) fn of(path: impl Into<Cow<'static, str>>, query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        let given = pairs.filter(|(_, value)| !value.trim().is_empty());
        let pairs = given.map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { path: path.into(), pairs }
    }

    /// The parameters.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Takes the values of a parameter out.
    pub(super) fn take(&mut self, name: &str) -> Vec<String> {
        self.pairs.extract_if(.., |(known, _)| known == name).map(|(_, value)| value).collect()
    }

    /// The first value of a parameter.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// With one value more.
    pub(super) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.pairs.push((name.to_owned(), value.to_string()));
        self
    }

    /// Without one value of a parameter.
    pub(super) fn without(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(known, of)| known != name || of != value);
        self
    }

    /// Without any value of these parameters.
    pub(super) fn without_all(mut self, names: &[&str]) -> Self {
        self.pairs.retain(|(known, _)| !names.contains(&known.as_str()));
        self
    }

    /// With this value alone.
    pub(super) fn set(self, name: &str, value: impl ToString) -> Self {
        self.without_all(&[name]).with(name, value)
    }

    /// As it is written in a link; what is no letter of an address is encoded.
    pub(super) fn href(&self) -> String {
        if self.pairs.is_empty() {
            return self.path.clone().into_owned();
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.pairs);
        format!("{}?{}", self.path, query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_changes_what_it_says_and_keeps_the_rest() {
        let here = Address::of("/", Some("q=a+b&skill=go&pay_min=&skill=c%23&offset=10"));
        assert_eq!(here.href(), "/?q=a+b&skill=go&skill=c%23&offset=10");
        let without = here.clone().without("skill", "go").without_all(&["offset"]);
        assert_eq!(without.href(), "/?q=a+b&skill=c%23");
        assert_eq!(
            here.clone().set("q", "\"<&>\"").without_all(&["skill", "offset"]).href(),
            "/?q=%22%3C%26%3E%22"
        );
        assert_eq!(Address::new("/").href(), "/");
        assert_eq!(
            Address::new("/ui/compare").with("page", "a").with("page", "b").href(),
            "/ui/compare?page=a&page=b"
        );
    }
}
