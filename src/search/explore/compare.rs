//! Pages side by side: what they ask for in common and apart, what they pay and take, and which sections they have.

use super::asked::{self, Asked, weight};
use super::quote;
use crate::index::Snapshot;
use crate::model::{BlockKind, Evidence, Label, Page, Pay, Period, Section, Skill};
use crate::search::{Invalid, SearchError, Searcher};
use crate::text::words;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many pages are compared at least and at most.
pub const COMPARED_PAGES: (usize, usize) = (2, 5);

/// How many facts of a kind are looked at of a page: more than any page for people states.
pub const MOST_FACTS: usize = 1_000;

/// Pages side by side. Whatever has cells has one for each page, in their order.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The generation of the index that answered.
    pub generation: u64,
    /// In the order in which they were asked for.
    pub pages: Vec<Page>,
    /// Those that most pages name first, and of these what is asked for most.
    pub skills: Vec<Row<Skill, Asked>>,
    /// The companies that the pages name, those that most name first.
    pub companies: Vec<Row<Label, Named>>,
    /// The currency in which most of the pages state pay, if two of them share one.
    pub currency: Option<String>,
    /// What each page says in figures of its own role.
    pub figures: Vec<Figures>,
    /// The kinds of sections, those that most pages have first, then in the order of the pages.
    pub sections: Vec<Row<Label, Vec<Outline>>>,
}

/// Something that pages have.
#[derive(Clone, Debug)]
pub struct Row<N, C> {
    /// What it is.
    pub name: N,
    /// Where each page has it.
    pub cells: Vec<Option<C>>,
}

/// Where a page names something.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The section, an index into the page's.
    pub section: usize,
    /// The sentence.
    pub evidence: Evidence,
}

/// What a page says of its own role. Facts are counted through all sections of the page, in their order.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// What it pays.
    pub pay: Option<PaySpan>,
    /// The fact about experience that says most.
    pub experience: Option<usize>,
    /// The fact about education that says most.
    pub education: Option<usize>,
}

/// From the least to the most that a page says of its role's pay per year. What is paid by the week, day or hour counts
/// only where no other pay is stated: the rates of contractors are no salaries.
#[derive(Clone, Debug, PartialEq)]
pub struct PaySpan {
    /// ISO 4217.
    pub currency: String,
    /// The least figure and the fact that states it.
    pub low: Option<(f64, usize)>,
    /// The greatest figure and the fact that states it.
    pub high: Option<(f64, usize)>,
    /// It may be more: a range is open above.
    pub open: bool,
}

/// A section as a table of contents has it.
#[derive(Clone, Copy, Debug)]
pub struct Outline {
    /// Its index in the page.
    pub section: usize,
    /// How many items its lists have.
    pub items: usize,
    /// How many rows its tables have, without those that name the columns.
    pub rows: usize,
    /// How many words its text has.
    pub words: usize,
    /// Its first sentence.
    pub first: Evidence,
}

impl<N, C> Row<N, C> {
    /// How many pages have it.
    pub fn pages(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// The first page that has it.
    fn first(&self) -> usize {
        self.cells.iter().position(Option::is_some).unwrap_or_default()
    }
}

impl Figures {
    /// Those of a page alone, its pay in the currency that it states most.
    pub fn of(page: &Page) -> Self {
        figures(page, None)
    }
}

impl Outline {
    /// How much there is of a kind: sections, and what these have together, each with what it is.
    pub fn counts(sections: &[Self]) -> [(u64, &'static str); 4] {
        let sum = |of: fn(&Self) -> usize| sections.iter().map(of).sum::<usize>() as u64;
        [
            (sections.len() as u64, "section"),
            (sum(|section| section.words), "word"),
            (sum(|section| section.items), "item"),
            (sum(|section| section.rows), "row"),
        ]
    }
}

/// The first facts of a page, at most [`MOST_FACTS`], with the index of their section, in order.
pub fn facts<'p, T: 'p>(
    page: &'p Page,
    of: impl Fn(&'p Section) -> &'p [T] + 'p,
) -> impl Iterator<Item = (usize, &'p T)> {
    page.sections
        .iter()
        .enumerate()
        .flat_map(move |(at, section)| of(section).iter().map(move |fact| (at, fact)))
        .take(MOST_FACTS)
}

impl Searcher {
    /// Puts pages side by side.
    ///
    /// # Errors
    /// [`SearchError::Invalid`] where there are too few or too many or one is given twice,
    /// [`SearchError::UnknownPages`] where there is none of an id.
    pub fn compare(&self, ids: &[String]) -> Result<Comparison, SearchError> {
        validate(ids)?;
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let (mut pages, mut unknown) = (Vec::new(), Vec::new());
        for id in ids {
            match snapshot.page(id)? {
                Some(page) => pages.push(page),
                None => unknown.push(id.clone()),
            }
        }
        if unknown.is_empty() {
            Ok(Comparison::of(pages, snapshot))
        } else {
            Err(SearchError::UnknownPages(unknown))
        }
    }
}

fn validate(ids: &[String]) -> Result<(), SearchError> {
    let invalid = |value: String, reason: String| {
        Err(SearchError::Invalid(vec![Invalid { parameter: "page".to_owned(), value, reason }]))
    };
    let (least, most) = COMPARED_PAGES;
    if !(least..=most).contains(&ids.len()) {
        let reason = format!("is given {} times; {least} to {most} pages are compared", ids.len());
        return invalid(ids.first().cloned().unwrap_or_default(), reason);
    }
    match ids.iter().enumerate().find(|(at, id)| ids[..*at].contains(id)) {
        Some((_, id)) => invalid(id.clone(), "is given twice; a page is compared with others".to_owned()),
        None => Ok(()),
    }
}

impl Comparison {
    fn of(pages: Vec<Page>, snapshot: &Snapshot) -> Self {
        let currency = shared_currency(&pages, snapshot);
        Self {
            generation: snapshot.state.generation,
            skills: skills(&pages),
            companies: companies(&pages),
            figures: pages.iter().map(|page| figures(page, currency.as_deref())).collect(),
            sections: sections(&pages),
            currency,
            pages,
        }
    }
}

/// A row for each thing that the pages have; of each page the things it has, each once. In the order of the pages.
fn rows<N, C>(of_pages: Vec<Vec<(N, C)>>, id: impl Fn(&N) -> &str) -> Vec<Row<N, C>> {
    let pages = of_pages.len();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<Row<N, C>> = Vec::new();
    for (page, things) in of_pages.into_iter().enumerate() {
        for (name, cell) in things {
            let place = *places.entry(id(&name).to_owned()).or_insert_with(|| {
                let cells = std::iter::repeat_with(|| None).take(pages).collect();
                rows.push(Row { name, cells });
                rows.len() - 1
            });
            rows[place].cells[page] = Some(cell);
        }
    }
    rows
}

fn skills(pages: &[Page]) -> Vec<Row<Skill, Asked>> {
    let of_page =
        |page: &Page| asked::of(page).into_iter().map(|asked| (asked.skill.clone(), asked)).collect();
    let mut rows = rows(pages.iter().map(of_page).collect(), |skill| &skill.id);
    let order = |row: &Row<Skill, Asked>| {
        let asked = row.cells.iter().flatten();
        let (weight, sections) = asked
            .fold((0, 0), |(sum, sections), asked| (sum + weight(asked.strength), sections + asked.sections));
        // What one page has alone is listed page by page.
        let alone = if row.pages() == 1 { row.first() } else { 0 };
        (Reverse(row.pages()), alone, Reverse(weight), Reverse(sections), row.name.id.clone())
    };
    rows.sort_by_cached_key(order);
    rows
}

fn companies(pages: &[Page]) -> Vec<Row<Label, Named>> {
    let of_page = |page: &Page| {
        let mut named: BTreeMap<String, (Label, Named)> = BTreeMap::new();
        for (section, company) in facts(page, |section| &section.companies) {
            let place = || (company.name.clone(), Named { section, evidence: company.evidence });
            named.entry(company.name.id.clone()).or_insert_with(place);
        }
        named.into_values().collect()
    };
    let mut rows = rows(pages.iter().map(of_page).collect(), |label| &label.id);
    rows.sort_by_cached_key(|row| {
        let alone = if row.pages() == 1 { row.first() } else { 0 };
        (Reverse(row.pages()), alone, row.name.id.clone())
    });
    rows
}

fn sections(pages: &[Page]) -> Vec<Row<Label, Vec<Outline>>> {
    let of_page = |page: &Page| {
        let mut kinds: Vec<(Label, Vec<Outline>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (at, section) in page.sections.iter().enumerate() {
            let place = *places.entry(&section.kind.id).or_insert_with(|| {
                kinds.push((section.kind.clone(), Vec::new()));
                kinds.len() - 1
            });
            kinds[place].1.push(outline(at, section));
        }
        kinds
    };
    let mut rows = rows(pages.iter().map(of_page).collect(), |label| &label.id);
    rows.sort_by_key(|row| Reverse(row.pages()));
    rows
}

fn outline(index: usize, section: &Section) -> Outline {
    let mut outline = Outline { section: index, items: 0, rows: 0, words: 0, first: quote::first(section) };
    for (_, block) in section.own_blocks() {
        outline.items += usize::from(matches!(block.kind, BlockKind::Item { .. }));
        outline.rows += usize::from(matches!(block.kind, BlockKind::Row { header: false, .. }));
        outline.words += words(&block.text).count();
    }
    outline
}

/// The currency in which most of the pages state their role's pay, two at least; of several that which most pages of the
/// index use.
fn shared_currency(pages: &[Page], snapshot: &Snapshot) -> Option<String> {
    let mut having: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        let own = own_pay(page).map(|(_, pay)| pay.currency.as_str());
        own.collect::<BTreeSet<_>>()
            .into_iter()
            .for_each(|currency| *having.entry(currency).or_default() += 1);
    }
    let usual = |currency: &str| {
        snapshot.currencies.iter().position(|(known, _)| known == currency.as_bytes()).unwrap_or(usize::MAX)
    };
    let shared = having.into_iter().filter(|(_, pages)| *pages >= 2);
    shared.min_by_key(|(currency, pages)| (Reverse(*pages), usual(currency))).map(|(most, _)| most.to_owned())
}

/// The facts about pay that are this role's, by their place among all.
fn own_pay(page: &Page) -> impl Iterator<Item = (usize, &Pay)> {
    let all = facts(page, |section| &section.pay).enumerate();
    all.filter(|(_, (_, pay))| pay.of.is_none()).map(|(at, (_, pay))| (at, pay))
}

fn figures(page: &Page, shared: Option<&str>) -> Figures {
    let mut currencies: BTreeMap<&str, usize> = BTreeMap::new();
    own_pay(page).for_each(|(_, pay)| *currencies.entry(&pay.currency).or_default() += 1);
    let most = currencies.iter().max_by_key(|(_, facts)| **facts).map(|(currency, _)| *currency);
    let currency = shared.filter(|shared| currencies.contains_key(shared)).or(most);
    let experience = facts(page, |section| &section.experience).enumerate();
    let experience = experience.map(|(at, (_, fact))| (at, fact)).filter(|(_, fact)| fact.of.is_none());
    let education = facts(page, |section| &section.education).enumerate().map(|(at, (_, fact))| (at, fact));
    Figures {
        pay: currency.map(|currency| PaySpan::of(page, currency)),
        // Whoever has the most that is asked for has the less, too.
        experience: experience
            .max_by_key(|(at, fact)| (fact.strength, fact.low, fact.high, Reverse(*at)))
            .map(|(at, _)| at),
        // "Bachelor's or Master's": the less is enough.
        education: education
            .max_by_key(|(at, fact)| (fact.strength, Reverse(fact.degree), Reverse(*at)))
            .map(|(at, _)| at),
    }
}

impl PaySpan {
    fn of(page: &Page, currency: &str) -> Self {
        let mut span = Self { currency: currency.to_owned(), low: None, high: None, open: false };
        let stated = || own_pay(page).filter(|(_, pay)| pay.currency == currency);
        let is_salary = |pay: &Pay| matches!(pay.period, Period::Year | Period::Month);
        let has_salary = stated().any(|(_, pay)| is_salary(pay));
        for (at, pay) in stated().filter(|(_, pay)| !has_salary || is_salary(pay)) {
            let (low, high) = pay.per_year();
            let beyond = pay.beyond.map(|beyond| beyond * pay.period.times_a_year());
            span.open |= high.is_none();
            for figure in [low, high, beyond].into_iter().flatten() {
                if span.low.is_none_or(|(least, _)| figure < least) {
                    span.low = Some((figure, at));
                }
                if span.high.is_none_or(|(most, _)| figure > most) {
                    span.high = Some((figure, at));
                }
            }
        }
        span
    }
}
