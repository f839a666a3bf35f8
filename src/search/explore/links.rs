//! Which pages speak of which others: by address, by the name of their role, and as steps of a career. What is looked up is
//! worked out once for each generation, from the pages without their sections.

use super::places::Place;
use crate::index::{IndexError, Snapshot};
use crate::model::{FacetField, Level, Page, RelatedRole};
use crate::text::segment;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;
use url::Url;

pub(super) use crate::model::role_name as name;

/// The most roles that a page is taken to point to, and that a step is taken to leave to choose from.
pub(super) const MOST_RELATED: usize = 200;
const MOST_CHOICES: usize = 8;

/// Words before the name of a role that say how far up it stands, and numbers behind it.
const RANKS: [&str; 17] = [
    "junior",
    "jr",
    "entry",
    "level",
    "graduate",
    "trainee",
    "mid",
    "middle",
    "intermediate",
    "medior",
    "senior",
    "sr",
    "lead",
    "leading",
    "staff",
    "principal",
    "distinguished",
];
const NUMBERS: [&str; 4] = ["i", "ii", "iii", "iv"];
/// Between roles of which a step names either.
const OR: [&str; 5] = [" or ", "/", " oder ", " ou ", " o "];

/// Which pages speak of which others.
#[derive(Debug, Default)]
pub(in crate::search) struct Links {
    /// Pages by their ordinal; those of all the lists below are in this order.
    places: Vec<Place>,
    /// Pages by the name of their role.
    named: HashMap<String, Vec<Place>>,
    /// Pages by the name of their role without its rank, with how far up they stand.
    families: HashMap<String, Vec<(Place, Level)>>,
    /// Pages by address.
    addresses: HashMap<String, Place>,
    /// Steps of careers by name, of those that are the name of a page's role.
    steps: HashMap<String, Vec<Place>>,
    /// Pages that point to a page.
    pointing: HashMap<Place, Vec<Place>>,
}

impl Links {
    pub(super) fn of(snapshot: &Snapshot) -> Result<Self, IndexError> {
        let mut links = Self { places: Place::all(snapshot).collect(), ..Self::default() };
        links.places.sort_unstable_by_key(|place| place.ordinal(snapshot));
        let (mut heads, mut steps) = (Vec::new(), Vec::new());
        for place in links.places.clone() {
            let head = place.head(snapshot)?;
            links.add(place, &head);
            let named: BTreeSet<String> = head.ladder.iter().flat_map(|step| names_in(&step.title)).collect();
            steps.extend(named.into_iter().map(|name| (name, place)));
            if !head.related.is_empty() {
                let base = Base::of(&head);
                // Not what is said of them, which may be much.
                let bare = |related| RelatedRole { teaser: None, ..related };
                let related: Vec<RelatedRole> =
                    head.related.into_iter().take(MOST_RELATED).map(bare).collect();
                heads.push((place, base, related));
            }
        }
        for (name, place) in steps.into_iter().filter(|(name, _)| links.named.contains_key(name)) {
            links.steps.entry(name).or_default().push(place);
        }
        for (from, base, related) in heads {
            let targets: BTreeSet<Place> =
                related.iter().filter_map(|related| links.target(snapshot, &base, related)).collect();
            for to in targets.into_iter().filter(|to| *to != from) {
                links.pointing.entry(to).or_default().push(from);
            }
        }
        Ok(links)
    }

    fn add(&mut self, place: Place, head: &Page) {
        if let Some(role) = &head.role {
            let name = name(&role.label);
            let family = family(&name).to_owned();
            // A title without a rank stands between the junior and the senior of its name.
            self.families.entry(family).or_default().push((place, head.level.unwrap_or(Level::Mid)));
            self.named.entry(name).or_default().push(place);
        }
        let address = head.url.as_deref().and_then(|url| Url::parse(url).ok());
        if let Some(address) = address {
            self.addresses.entry(plain(address)).or_insert(place);
        }
    }

    /// The pages that a step of a career names: "Cloud architect or head of platform" may name two; of several pages of
    /// one name one of the same source.
    pub(super) fn stepped_to(&self, snapshot: &Snapshot, title: &str, source: &str) -> Vec<Place> {
        let mut places: Vec<Place> =
            names_in(title).into_iter().filter_map(|name| self.called(snapshot, &name, source)).collect();
        places.dedup();
        places
    }

    fn called(&self, snapshot: &Snapshot, name: &str, source: &str) -> Option<Place> {
        let is_of_source = |place: &&Place| {
            let of = snapshot.segments[place.segment].page_value(FacetField::Source, place.index);
            snapshot.dictionary(FacetField::Source).id(of) == source
        };
        let places = self.named.get(name)?;
        places.iter().find(is_of_source).or_else(|| places.first()).copied()
    }

    /// The page that a related role is: by its address, its path, or its name.
    pub(super) fn target(&self, snapshot: &Snapshot, base: &Base, related: &RelatedRole) -> Option<Place> {
        let linked = related.url.as_deref().and_then(|url| self.linked(snapshot, base, url));
        linked.or_else(|| self.called(snapshot, &name(&related.title), &base.source))
    }

    fn linked(&self, snapshot: &Snapshot, base: &Base, link: &str) -> Option<Place> {
        let address = match &base.url {
            Some(url) => url.join(link).ok(),
            None => Url::parse(link).ok(),
        };
        let by_address = address.and_then(|address| self.addresses.get(&plain(address)).copied());
        by_address.or_else(|| {
            let path = base.path.join(link).ok().filter(|path| path.host_str() == base.path.host_str())?;
            let path = decoded(path.path().trim_start_matches('/'));
            let id = format!("{}~{}", segment(&base.source), segment(&path));
            self.places.get(snapshot.pages.ordinal(&id)? as usize).copied()
        })
    }

    /// The pages whose careers have a step of this name.
    pub(super) fn stepping(&self, title: &str) -> &[Place] {
        self.steps.get(&name(title)).map_or(&[], Vec::as_slice)
    }

    /// The pages that point to one.
    pub(super) fn pointing(&self, to: Place) -> &[Place] {
        self.pointing.get(&to).map_or(&[], Vec::as_slice)
    }

    /// The pages of the same name but another rank, with how far up they stand.
    pub(super) fn family(&self, title: &str) -> impl Iterator<Item = (Place, Level)> {
        let own = name(title);
        let family = self.families.get(family(&own)).map_or(&[][..], Vec::as_slice);
        family.iter().copied()
    }
}

/// What links of a page are relative to.
#[derive(Debug)]
pub(super) struct Base {
    source: String,
    url: Option<Url>,
    /// The path within the source, as an address.
    path: Url,
}

impl Base {
    pub(super) fn of(page: &Page) -> Self {
        let url = page.url.as_deref().and_then(|url| Url::parse(url).ok());
        let mut path = SOMEWHERE.clone();
        path.set_path(&page.path);
        Self { source: page.source.clone(), url, path }
    }
}

/// The address that paths are resolved against where a page has none: a name that no host has (RFC 2606).
#[expect(clippy::expect_used, reason = "a constant")]
static SOMEWHERE: LazyLock<Url> =
    LazyLock::new(|| Url::parse("http://rolecall.invalid/").expect("an address"));

/// An address without what does not tell pages apart.
fn plain(mut address: Url) -> String {
    address.set_fragment(None);
    let text = address.to_string();
    let text = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(&text);
    text.trim_end_matches('/').to_owned()
}

/// A path of an address as a file has it.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| byte == b'%').and_then(|digits| str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The names of the roles that a step of a career names: the whole of it, and each of those it leaves to choose from.
fn names_in(title: &str) -> Vec<String> {
    let mut names = vec![name(title)];
    let mut parts: Vec<&str> = vec![title];
    for or in OR {
        parts = parts.into_iter().flat_map(|part| part.split(or)).collect();
    }
    if parts.len() > 1 {
        names.extend(parts.into_iter().take(MOST_CHOICES).map(name));
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a step of a career names a role.
pub(super) fn names(step: &str, role: &str) -> bool {
    names_in(step).contains(&name(role))
}

/// Whether a step is but a rank: "Senior".
pub(super) fn is_rank(step: &str) -> bool {
    name(step).split(' ').all(|word| RANKS.contains(&word))
}

/// A name without the rank: "senior data engineer" and "data engineer ii" are data engineers.
fn family(name: &str) -> &str {
    let mut family = name;
    while let Some((first, rest)) = family.split_once(' ')
        && RANKS.contains(&first)
    {
        family = rest;
    }
    match family.rsplit_once(' ') {
        Some((rest, last)) if NUMBERS.contains(&last) => rest,
        _ => family,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_may_name_several_roles() {
        let names = names_in("Data platform managers or data architect");
        assert_eq!(
            names,
            ["data platform managers or data architect", "data platform manager", "data architect"]
        );
        assert_eq!(names_in("Editor"), ["editor"]);
        assert_eq!(names_in("Lead / Staff Engineer"), ["lead staff engineer", "lead", "staff engineer"]);
    }

    #[test]
    fn a_family_is_a_name_without_its_rank() {
        for title in ["Senior Data Engineer", "Data Engineers", "Data Engineer II", "Mid-level data engineer"]
        {
            assert_eq!(family(&name(title)), "data engineer", "{title}");
        }
        assert_eq!(family("lead"), "lead");
        assert_eq!(family("engineering manager"), "engineering manager");
    }

    #[test]
    fn paths_are_decoded_as_far_as_they_are_encoded() {
        assert_eq!(decoded("a%20b/%C3%A9.html"), "a b/é.html");
        assert_eq!(decoded("100%/%zz%4"), "100%/%zz%4");
        assert_eq!(plain(Url::parse("https://a.example/x/#top").unwrap()), "a.example/x");
    }
}
