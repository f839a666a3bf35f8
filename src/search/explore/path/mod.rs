//! What leads to a role and what comes next: from the steps of the career that its page describes, from pages that name it
//! as a step of theirs, from ranks of the same name, and from the roles that pages point to. Each with where it is said.

mod read;
mod ways;

use super::links::{self, Base, Links, MOST_RELATED};
use super::places::{PageLink, Place, in_time};
use super::quoted::Quoted;
use crate::index::Snapshot;
use crate::model::{Label, Level, Page, Step};
use crate::search::{SearchError, Searcher};
use read::Read;
use schemars::JsonSchema;
use serde::Serialize;
use std::time::Instant;
use ways::{By, Saying, Ways};

/// The most ways that are shown in one direction.
const MOST_WAYS: usize = 50;
/// The most places that are named for one way.
const MOST_SAID: usize = 3;
/// The most pages that are looked at that name the role.
const MOST_PAGES: usize = 200;

/// The ways from and to a role.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CareerPath {
    /// The page.
    pub page: PageLink,
    /// The role it is about, or null.
    pub role: Option<Label>,
    /// How far up it stands, or null.
    pub level: Option<Label>,
    /// The steps of the career as the page itself describes it, in order.
    pub ladder: Vec<Rung>,
    /// What leads to the role, the nearest first.
    pub leads_here: Vec<Way>,
    /// What comes next, the nearest first.
    pub comes_next: Vec<Way>,
    /// Roles that the page points to and that point to it.
    pub related: Vec<Way>,
    /// The generation of the index that answered.
    pub generation: u64,
}

/// A step of the career that a page describes.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Rung {
    /// The role as written.
    pub title: String,
    /// How far up it stands, as its title tells, or null.
    pub level: Option<Label>,
    /// It is the page's own role.
    pub own: bool,
    /// The pages of the index about it.
    pub pages: Vec<PageLink>,
}

/// A role that a way leads to or from.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Way {
    /// The role as written where it is said first.
    pub title: String,
    /// How far up it stands, or null.
    pub level: Option<Label>,
    /// The page about it, or null where the index has none.
    pub page: Option<PageLink>,
    /// How many steps away it is; null for related roles.
    pub steps: Option<u32>,
    /// Where it is said, at most three places.
    pub said: Vec<Said>,
    /// How many places say it.
    pub said_total: u64,
}

/// Where something is said.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Said {
    /// `ladder`: as a step of a career; `related`: as a related role; `level`: told from the two titles.
    pub by: &'static str,
    /// The page that says it.
    pub page: PageLink,
    /// Where; the sentence of a related role is what the page says of it.
    #[serde(flatten)]
    pub at: Quoted,
}

impl Searcher {
    /// What leads to the role of a page, and what comes next.
    ///
    /// # Errors
    /// [`SearchError`] where there is no such page or the index cannot be read.
    pub fn path(&self, id: &str, deadline: Option<Instant>) -> Result<CareerPath, SearchError> {
        let opened = self.current.load_full();
        let snapshot = &opened.snapshot;
        let place = Place::of(snapshot, id)?;
        let links = opened.lists.links(snapshot)?;
        let page = place.head(snapshot)?;
        let mut paths = Paths { snapshot, links, place, page: &page, ways: Default::default() };
        paths.by_own_ladder();
        paths.by_ladders_of_others(deadline)?;
        paths.by_rank()?;
        paths.by_related_roles(deadline)?;
        let [leads_here, comes_next, related] = paths.ways;
        let mut read = Read::of(snapshot);
        let ladder = page.ladder.iter().map(|step| {
            let pages =
                if step.own { vec![place] } else { links.stepped_to(snapshot, &step.title, &page.source) };
            let pages = pages.into_iter().map(|page| read.link(page)).collect::<Result<_, SearchError>>()?;
            Ok(Rung { title: step.title.clone(), level: step.level.map(Level::label), own: step.own, pages })
        });
        Ok(CareerPath {
            ladder: ladder.collect::<Result<_, SearchError>>()?,
            leads_here: read.ways(leads_here)?,
            comes_next: read.ways(comes_next)?,
            related: read.ways(related)?,
            page: PageLink::of(&page),
            role: page.role.clone(),
            level: page.level.map(Level::label),
            generation: snapshot.state.generation,
        })
    }
}

/// Where a way leads, seen from a role.
#[derive(Clone, Copy)]
enum Direction {
    LeadsHere,
    ComesNext,
    Related,
}

/// The ways from and to the role of a page while they are looked for.
struct Paths<'s> {
    snapshot: &'s Snapshot,
    links: &'s Links,
    place: Place,
    page: &'s Page,
    /// By [`Direction`].
    ways: [Ways; 3],
}

impl Paths<'_> {
    /// By the steps before and after the page's own; where none is, by how far up they stand.
    fn by_own_ladder(&mut self) {
        let role = self.page.role.as_ref().map(|role| links::name(&role.label));
        let is_own =
            |step: &Step| step.own || role.as_ref().is_some_and(|role| *role == links::name(&step.title));
        let own = self.page.ladder.iter().position(is_own);
        for (at, step) in self.page.ladder.iter().enumerate() {
            let direction = match (own, self.page.level, step.level) {
                (Some(own), ..) if at == own => continue,
                (Some(own), ..) => direction(at < own),
                (None, Some(level), Some(other)) if level != other && !links::is_rank(&step.title) => {
                    direction(other < level)
                }
                _ => continue,
            };
            let steps = own.map(|own| distance(at, own));
            self.add_step(direction, self.place, self.page, at, steps, step);
        }
    }

    /// By the steps around the role on pages of other roles, and by these themselves.
    fn by_ladders_of_others(&mut self, deadline: Option<Instant>) -> Result<(), SearchError> {
        let Some(role) = &self.page.role else { return Ok(()) };
        let (links, own) = (self.links, self.place);
        let others = links.stepping(&role.label).iter().filter(|&&other| other != own);
        for &other in others.take(MOST_PAGES) {
            in_time(deadline)?;
            let head = other.head(self.snapshot)?;
            let named = |step: &Step| links::names(&step.title, &role.label);
            let Some(at) = head.ladder.iter().position(named) else { continue };
            for (near, step) in head.ladder.iter().enumerate() {
                if near != at && (step.own || distance(near, at) == 1) {
                    let steps = Some(distance(near, at));
                    self.add_step(direction(near < at), other, &head, near, steps, &head.ladder[at]);
                }
            }
        }
        Ok(())
    }

    /// Adds the step of a page's ladder in a direction; `says` is the step whose sentence says so.
    fn add_step(
        &mut self,
        to: Direction,
        on: Place,
        page: &Page,
        at: usize,
        steps: Option<u32>,
        says: &Step,
    ) {
        let step = &page.ladder[at];
        let saying = Saying {
            by: By::Ladder,
            page: on,
            at: Some((says.section, says.evidence, says.title.clone())),
            quote: None,
        };
        let ways = &mut self.ways[to as usize];
        let pages = if step.own && on != self.place {
            vec![on]
        } else {
            self.links.stepped_to(self.snapshot, &step.title, &page.source)
        };
        if pages.is_empty() {
            ways.add((&step.title, step.level), None, steps, saying);
        } else {
            for target in pages.into_iter().filter(|target| *target != self.place) {
                ways.add((&step.title, step.level), Some(target), steps, saying.clone());
            }
        }
    }

    /// By the nearest ranks of the same name above and below.
    fn by_rank(&mut self) -> Result<(), SearchError> {
        let Some(role) = &self.page.role else { return Ok(()) };
        let own = self.page.level.unwrap_or(Level::Mid);
        let family: Vec<(Place, Level)> =
            self.links.family(&role.label).filter(|(place, _)| *place != self.place).collect();
        let above = family.iter().map(|(_, level)| *level).filter(|level| *level > own).min();
        let below = family.iter().map(|(_, level)| *level).filter(|level| *level < own).max();
        for (to, level) in [(Direction::LeadsHere, below), (Direction::ComesNext, above)] {
            let Some(level) = level else { continue };
            for &(place, _) in family.iter().filter(|(_, of)| *of == level).take(MOST_WAYS) {
                let head = place.head(self.snapshot)?;
                let title = head.role.as_ref().map_or(&head.title, |role| &role.label);
                let is_same = links::name(title) == links::name(&role.label);
                if !is_same {
                    let saying = Saying { by: By::Level, page: place, at: None, quote: None };
                    self.ways[to as usize].add((title, head.level), Some(place), Some(1), saying);
                }
            }
        }
        Ok(())
    }

    /// By the roles that the page points to, and the pages that point to it.
    fn by_related_roles(&mut self, deadline: Option<Instant>) -> Result<(), SearchError> {
        let ways = &mut self.ways[Direction::Related as usize];
        let saying = |page: Place, quote: Option<String>| Saying { by: By::Related, page, at: None, quote };
        let base = Base::of(self.page);
        for related in self.page.related.iter().take(MOST_RELATED) {
            let target = self.links.target(self.snapshot, &base, related);
            if target != Some(self.place) {
                ways.add((&related.title, None), target, None, saying(self.place, related.teaser.clone()));
            }
        }
        for &other in self.links.pointing(self.place).iter().take(MOST_PAGES) {
            in_time(deadline)?;
            let head = other.head(self.snapshot)?;
            let base = Base::of(&head);
            let mut related = head.related.iter().take(MOST_RELATED);
            let points =
                related.find(|related| self.links.target(self.snapshot, &base, related) == Some(self.place));
            let title = head.role.as_ref().map_or(&head.title, |role| &role.label);
            let quote = points.and_then(|related| related.teaser.clone());
            ways.add((title, head.level), Some(other), None, saying(other, quote));
        }
        Ok(())
    }
}

const fn direction(before: bool) -> Direction {
    if before { Direction::LeadsHere } else { Direction::ComesNext }
}

fn distance(a: usize, b: usize) -> u32 {
    u32::try_from(a.abs_diff(b)).unwrap_or(u32::MAX)
}
