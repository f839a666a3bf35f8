//! The part of the table that is about the server itself.

use super::answers::Answer;
use super::operations::{Operation, Tag};
use super::parameter::{Kind, Parameter, optional};
use crate::http::admin::{MOST_QUERIES, SHOWN_QUERIES};
use crate::http::admin::{RunView, RunsView};
use crate::http::{Queries, health, readiness};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation {
            id: "health",
            method: "get",
            path: "/healthz",
            tag: Tag::Server,
            summary: "Is the server there, and from what does it answer?",
            description: "For those who watch over it. It is never kept, and passes over whatever parameters it is given.",
            parameters: Vec::new(),
            answer: Answer::plain::<health::Health>("It is there"),
        },
        Operation {
            id: "readiness",
            method: "get",
            path: "/readyz",
            tag: Tag::Server,
            summary: "Is the server to be sent requests?",
            description: "For what sends requests to one of several servers: not before the index is made ready, and no more once \
                the server is told to stop. It is never kept, and passes over whatever parameters it is given.",
            parameters: Vec::new(),
            answer: Answer::plain::<readiness::Ready>("It is").may_be_unready(),
        },
        Operation {
            id: "metrics",
            method: "get",
            path: "/metrics",
            tag: Tag::Server,
            summary: "How the server goes, in numbers",
            description: "In the text format of Prometheus: requests by route and status, how long they took, searches under way and \
                refused, the size of the index. With keys it takes one to run the server. It is never kept, and passes over \
                whatever parameters it is given.",
            parameters: Vec::new(),
            answer: Answer::text("Metrics").for_admins(),
        },
        Operation {
            id: "queries",
            method: "get",
            path: "/admin/queries",
            tag: Tag::Server,
            summary: "What is asked most, and what finds nothing",
            description: "From the log that the server keeps of questions, where it keeps one: not who asked. It takes a key to run \
                the server, and is answered to no page of another site.",
            parameters: vec![
                optional("limit", Kind::Whole(0, MOST_QUERIES), "Questions of each list.").or(SHOWN_QUERIES),
            ],
            answer: Answer::plain::<Queries>("Questions").for_admins().may_be_unknown(),
        },
        Operation {
            id: "ingest",
            method: "post",
            path: "/admin/ingest",
            tag: Tag::Server,
            summary: "Read a source again",
            description: "Starts a run of a source that the server was told of (`serve --ingest`, `--watch`); one run goes on at a time, \
                and one that waits is not asked for twice. It takes a key to run the server, and is answered to no page of another site.",
            parameters: vec![
                optional("source", Kind::Text(64), "The name of the source.").required().such_as("careers"),
            ],
            answer: Answer::plain::<RunView>("The run").begun().for_admins().may_be_unknown(),
        },
        Operation {
            id: "ingestRuns",
            method: "get",
            path: "/admin/ingest",
            tag: Tag::Server,
            summary: "Sources that can be read again, and runs",
            description: "Runs that go on or wait, and the last hundred that ended, the newest first. It takes a key to run the server.",
            parameters: Vec::new(),
            answer: Answer::plain::<RunsView>("Sources and runs").for_admins(),
        },
        Operation {
            id: "ingestRun",
            method: "get",
            path: "/admin/ingest/{id}",
            tag: Tag::Server,
            summary: "How far a run is",
            description: "It takes a key to run the server.",
            parameters: vec![run()],
            answer: Answer::plain::<RunView>("The run").for_admins().may_be_unknown(),
        },
        Operation {
            id: "ingestEvents",
            method: "get",
            path: "/admin/ingest/{id}/events",
            tag: Tag::Server,
            summary: "How far a run is, as it goes on",
            description: "Server-sent events named `run`, each a run as JSON; the last is the run that has ended. It takes a key to run \
                the server.",
            parameters: vec![run()],
            answer: Answer::events("Events").for_admins().may_be_unknown(),
        },
        Operation {
            id: "openapi",
            method: "get",
            path: "/openapi.json",
            tag: Tag::Server,
            summary: "This document",
            description: "What can be asked and what is answered, for programs.",
            parameters: Vec::new(),
            answer: Answer::document("The document"),
        },
    ]
}

fn run() -> Parameter {
    optional("id", Kind::Id, "The run's id.").such_as("692bc5e0-1")
}
