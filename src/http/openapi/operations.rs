//! The table of what can be asked: each operation with its parameters and its answer.
//!
//! A parameter stands here once, for the document and for people; bounds and defaults are the constants that the handlers
//! go by. `tests/it/openapi.rs` asks each handler which parameters it takes, and at and beyond each bound.

use super::answers::Answer;
use super::parameter::{Kind, Parameter, optional};
use super::server;
use crate::http::{CompareView, GapView, PageView, params, similar, skills, suggest};
use crate::model::FacetField;
use crate::search::{
    COMPARED_PAGES, CareerPath, FURTHEST_LISTED, FURTHEST_OFFSET, GapRequest, Gaps, HIGHEST_PAY,
    HistogramField, LONGEST_BEGINNING, LONGEST_EXPERIENCE, LONGEST_HAVE, LONGEST_QUERY, MOST_FACET_VALUES,
    MOST_FILTER_VALUES, MOST_HAD, MOST_HITS, MOST_LISTED, MOST_MISSING, MOST_SECTIONS, MOST_SIMILAR,
    MOST_SUGGESTIONS, Roles, SearchRequest, SearchResponse, Similar, SkillDetail, Skills, Totals,
};
use serde_json::json;

/// What an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Tag {
    Search,
    Roles,
    Skills,
    Pages,
    Server,
}

/// Something that can be asked.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    pub(super) id: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) tag: Tag,
    /// In a few words.
    pub(super) summary: &'static str,
    /// What the words do not say.
    pub(super) description: &'static str,
    /// Those of the address, or of the body where the method has one.
    pub(super) parameters: Vec<Parameter>,
    pub(super) answer: Answer,
}

impl Operation {
    /// Whether its parameters are the members of a JSON object in the body.
    pub(super) fn has_body(&self) -> bool {
        self.method == "post" && self.answer.is_searched()
    }
}

impl Tag {
    pub(in crate::http) const ALL: [Self; 5] =
        [Self::Search, Self::Roles, Self::Skills, Self::Pages, Self::Server];

    pub(in crate::http) const fn name(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Roles => "Roles",
            Self::Skills => "Skills",
            Self::Pages => "Pages",
            Self::Server => "Server",
        }
    }

    pub(super) const fn description(self) -> &'static str {
        match self {
            Self::Search => "Questions about all pages, and what to type.",
            Self::Roles => "The roles of the index, side by side, and what somebody lacks for them.",
            Self::Skills => "The skills that pages name.",
            Self::Pages => "One page and what it leads to.",
            Self::Server => "The server itself.",
        }
    }
}

const A_PAGE: &str = "corpus~data~data-engineer.html";
const ANOTHER_PAGE: &str = "corpus~cloud~cloud-architect.html";
const A_SKILL: &str = "kubernetes";
/// The ids in examples, which only some indexes have: two pages and a skill.
pub(in crate::http) const EXAMPLES: [&str; 3] = [A_PAGE, ANOTHER_PAGE, A_SKILL];

/// All that can be asked, in the order in which people read it.
pub(super) fn operations() -> Vec<Operation> {
    let mut operations = vec![
        Operation {
            id: "search",
            method: "get",
            path: "/search",
            tag: Tag::Search,
            summary: "Search roles, sections, skills and pay",
            description: "Pages that match, best first, with the sections that answer and what they say. The words alone decide \
                what matches; filters narrow it, each by the values that `facets` count. A question never fails: what is odd \
                about it is named in `warnings`.",
            parameters: search(),
            answer: Answer::list::<SearchResponse>("Pages that match"),
        },
        Operation {
            id: "searchByBody",
            method: "post",
            path: "/search",
            tag: Tag::Search,
            summary: "Search with the parameters in a JSON object",
            description: "The same as GET with the same parameters, for questions that are too long for an address. The address \
                takes none.",
            parameters: search(),
            answer: Answer::of::<SearchResponse>("Pages that match"),
        },
        Operation {
            id: "suggest",
            method: "get",
            path: "/suggest",
            tag: Tag::Search,
            summary: "Suggest names for what is being typed",
            description: "Roles, skills, kinds of section and headings of the index whose names have a word that begins so; from \
                three letters on those that contain it, from four on those that begin so but for one letter.",
            parameters: vec![
                optional(
                    "q",
                    Kind::Text(LONGEST_BEGINNING),
                    "What was typed so far, at most 100 bytes of UTF-8.",
                )
                .such_as("kube"),
                optional("limit", Kind::Whole(0, MOST_SUGGESTIONS), "How many are wanted.")
                    .or(suggest::LIMIT),
            ],
            answer: Answer::of::<suggest::Suggestions>("Names, the best first"),
        },
        Operation {
            id: "listRoles",
            method: "get",
            path: "/roles",
            tag: Tag::Roles,
            summary: "List roles in alphabetical order",
            description: "The roles of the index with their pages.",
            parameters: [
                listing(),
                vec![repeated("skill", "Ids of skills: only pages that have all of them count.")],
            ]
            .concat(),
            answer: Answer::list::<Roles>("Roles"),
        },
        Operation {
            id: "comparePages",
            method: "get",
            path: "/compare",
            tag: Tag::Roles,
            summary: "Put pages side by side",
            description: "What two to five pages have in common and apart: skills, pay, experience, education, companies and \
                sections, each with the sentence that says so. Whatever has `cells` has one for each page, in the order of \
                `pages`. The table is for spreadsheets: a line for each row and two columns for each page.",
            parameters: vec![
                optional(
                    "page",
                    Kind::Different(COMPARED_PAGES.0, COMPARED_PAGES.1),
                    "Ids of pages, each once.",
                )
                .required()
                .such_as(json!([A_PAGE, ANOTHER_PAGE])),
                optional(
                    "format",
                    Kind::Choice(&["json", "csv"]),
                    "In which form it is answered; where it is not given, `Accept` says so.",
                ),
            ],
            answer: Answer::of::<CompareView>("The pages side by side").or_csv(),
        },
        Operation {
            id: "gap",
            method: "get",
            path: "/gap",
            tag: Tag::Roles,
            summary: "Say what somebody lacks who has these skills",
            description: "With `page`, what they lack for the role of that page, which then takes `have` alone beside it. Without, \
                the roles that ask for any of the skills, the closest first.",
            parameters: gap(),
            answer: Answer::list::<Gaps>("What they lack for one role, or roles by what they lack")
                .or::<GapView>(),
        },
        Operation {
            id: "listSkills",
            method: "get",
            path: "/skills",
            tag: Tag::Skills,
            summary: "List the skills that pages name",
            description: "With the numbers of pages and sections that name them.",
            parameters: [
                listing(),
                vec![
                    optional(
                        "sort",
                        Kind::Choice(&["pages", "name"]),
                        "Those of most pages first, or by name.",
                    )
                    .or("pages"),
                ],
            ]
            .concat(),
            answer: Answer::list::<Skills>("Skills"),
        },
        Operation {
            id: "getSkill",
            method: "get",
            path: "/skills/{id}",
            tag: Tag::Skills,
            summary: "Say what is known of a skill",
            description: "The roles that ask for it, how much and where, and the skills that go with it.",
            parameters: vec![
                optional("id", Kind::Id, "The skill's id.").such_as(A_SKILL),
                optional("limit", Kind::Whole(0, MOST_HITS), "Roles that are wanted.").or(skills::ROLES),
                optional("offset", Kind::Whole(0, FURTHEST_OFFSET), "Roles that are passed over.").or(0),
            ],
            answer: Answer::list::<SkillDetail>("The skill").may_be_unknown(),
        },
        Operation {
            id: "getPage",
            method: "get",
            path: "/pages/{id}",
            tag: Tag::Pages,
            summary: "Read a page as it was understood",
            description: "Its sections and blocks, and the skills, pay, experience, education and companies that they name, each \
                with the sentence that says so.",
            parameters: vec![page()],
            answer: Answer::of::<PageView>("The page").may_be_unknown(),
        },
        Operation {
            id: "similarPages",
            method: "get",
            path: "/pages/{id}/similar",
            tag: Tag::Pages,
            summary: "Find roles like that of a page, and why",
            description: "The most alike first. The page's copies are left out.",
            parameters: vec![
                page(),
                optional("limit", Kind::Whole(0, MOST_SIMILAR), "How many are wanted.").or(similar::LIMIT),
            ],
            answer: Answer::of::<Similar>("Pages like it").may_be_unknown(),
        },
        Operation {
            id: "careerPath",
            method: "get",
            path: "/pages/{id}/path",
            tag: Tag::Pages,
            summary: "Say what leads to a role and what comes next",
            description: "From the steps of careers that pages describe, the roles that they point to, and titles that are ranks \
                of one name.",
            parameters: vec![page()],
            answer: Answer::of::<CareerPath>("The ways from and to the role").may_be_unknown(),
        },
    ];
    operations.extend(server::operations());
    operations
}

/// The parameters of a search, in the address or in a body.
fn search() -> Vec<Parameter> {
    let default = SearchRequest::default();
    let bytes = LONGEST_QUERY.0;
    let pay = Kind::Number(HIGHEST_PAY);
    let years = Kind::Number(LONGEST_EXPERIENCE);
    let mut parameters = vec![
        optional(
            "q",
            Kind::Text(bytes),
            "The question: words, \"phrases\", -without, OR, (groups), begin*, and fields such as `skill:python` or \
                `pay:>150000`. At most 512 bytes of UTF-8 and 64 words. Without one everything is listed.",
        )
        .such_as("kubernetes leadership"),
    ];
    parameters.extend(FacetField::ALL.map(|field| repeated(field.id(), filter(field))));
    parameters.extend([
        optional("skill_match", Kind::Choice(&["all", "any"]), "Whether a page has every `skill` given or one of them.")
            .or(default.skill_match.id()),
        optional("pay_min", pay, "The least that the role pays per year, in `currency`."),
        optional("pay_max", pay, "The most; no less than `pay_min`."),
        optional(
            "currency",
            Kind::Form("^[A-Za-z]{3}$"),
            "In which pay is compared (ISO 4217); where it is not given, that in which most pages state pay.",
        ),
        optional("experience_min", years, "The least experience that the role takes, in years."),
        optional("experience_max", years, "The most; no less than `experience_min`."),
        optional("sort", Kind::Choice(SORTS), "The order of hits. Pages that do not state what is compared come last.")
            .or(default.sort.to_string()),
        optional("limit", Kind::Whole(0, MOST_HITS), "Pages that are wanted; 0 for facets alone.").or(default.limit),
        optional("offset", Kind::Whole(0, FURTHEST_OFFSET), "Pages that are passed over.").or(default.offset),
        optional("sections_per_hit", Kind::Whole(1, MOST_SECTIONS), "Sections shown of each page.")
            .or(default.sections_per_hit),
        optional("facets", Kind::Names(facets), "What is counted; empty for nothing.")
            .or(default.facets.iter().map(|field| field.id()).collect::<Vec<_>>()),
        optional(
            "facet_query",
            Kind::Forms(facet_query),
            "A facet, a colon and a text, as `skill:kube`: of that facet only the values of which a word begins so. Once for \
                each facet; a text of at most 100 bytes of UTF-8.",
        ),
        optional("facet_limit", Kind::Whole(0, MOST_FACET_VALUES), "Values of each facet.").or(default.facet_limit),
        optional("histograms", Kind::Names(histograms), "How what pages state is spread."),
        optional(
            "totals",
            Kind::Choice(TOTALS),
            "How exact totals and counts are to be: `estimated` counts a sample where much matches in a large index, and lists the \
                same pages.",
        )
        .or(default.totals.id()),
        optional("explain", Kind::Truth, "Whether each hit says what its score is made of.").or(default.explain),
    ]);
    parameters
}

const TOTALS: &[&str] = &[Totals::Exact.id(), Totals::Estimated.id()];

const SORTS: &[&str] = &[
    "relevance",
    "title",
    "title:asc",
    "title:desc",
    "pay",
    "pay:asc",
    "pay:desc",
    "modified",
    "modified:asc",
    "modified:desc",
];

/// What a filter takes.
const fn filter(field: FacetField) -> &'static str {
    match field {
        FacetField::Role => "Ids of roles: pages about either.",
        FacetField::Section => "Ids of kinds of section: only sections of either count.",
        FacetField::Skill => "Ids of skills: pages that name all of them, or any (`skill_match`).",
        FacetField::Source => "Names of sources: pages from either.",
        FacetField::Language => {
            "Languages as `de` or `de-AT` (the region counts for nothing): pages in either; the question is read in these alone."
        }
        FacetField::Level => "Ids of levels: pages about roles of either.",
        FacetField::Education => "Ids of degrees: pages that name either.",
        FacetField::Company => "Ids of companies: pages that name either.",
    }
}

fn facets() -> Vec<&'static str> {
    FacetField::ALL.map(FacetField::id).to_vec()
}

fn histograms() -> Vec<&'static str> {
    HistogramField::ALL.map(HistogramField::id).to_vec()
}

fn facet_query() -> String {
    format!("^({}):[\\s\\S]{{0,{LONGEST_BEGINNING}}}$", facets().join("|"))
}

/// A filter that can be given several times.
fn repeated(name: &'static str, meaning: &'static str) -> Parameter {
    optional(name, Kind::Texts(0, MOST_FILTER_VALUES, None), meaning)
}

/// The parameters of a list of names.
fn listing() -> Vec<Parameter> {
    vec![
        optional(
            "q",
            Kind::Text(LONGEST_BEGINNING),
            "What the name or one of its words begins with, at most 100 bytes of UTF-8.",
        ),
        optional(
            "letter",
            Kind::Form("^(\\p{L}|#)$"),
            "The letter that the name begins with, whatever its accent; `#` for names that begin with none.",
        ),
        optional("limit", Kind::Whole(0, MOST_LISTED), "Names that are wanted.").or(params::LISTED),
        optional("offset", Kind::Whole(0, FURTHEST_LISTED), "Names that are passed over.").or(0),
    ]
}

/// The id of a page in the path.
fn page() -> Parameter {
    optional("id", Kind::Id, "The page's id, as hits have it.").such_as(A_PAGE)
}

fn gap() -> Vec<Parameter> {
    let default = GapRequest::default();
    vec![
        optional(
            "have",
            Kind::Texts(1, MOST_HAD, Some(LONGEST_HAVE)),
            "The skills that they have, by ids or any of their names; also several in one, with commas between them.",
        )
        .required()
        .such_as(json!(["python", "sql"])),
        optional("page", Kind::Any, "The id of a page; empty as if it were not given."),
        repeated("role", filter(FacetField::Role)),
        repeated("level", filter(FacetField::Level)),
        repeated("source", filter(FacetField::Source)),
        repeated("language", filter(FacetField::Language)),
        optional("limit", Kind::Whole(0, MOST_HITS), "Roles that are wanted.").or(default.limit),
        optional("offset", Kind::Whole(0, FURTHEST_OFFSET), "Roles that are passed over.").or(default.offset),
        optional("missing_limit", Kind::Whole(0, MOST_MISSING), "Missing skills that are named of each role.")
            .or(default.missing_limit),
    ]
}
