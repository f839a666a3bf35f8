"""Plain tantivy, for the limit: the engine that the product is built on, taken as it comes, on the same sections."""

import shutil
from pathlib import Path

import peers
from measure import run

CRATE = Path(__file__).parent.parent / "limits"


def program(settings):
    return settings.target / "release/limits"


def build(settings):
    """Builds the crate with the product's versions of everything."""
    shutil.copyfile(settings.root / "Cargo.lock", CRATE / "Cargo.lock")
    environment = {"CARGO_TARGET_DIR": str(settings.target)}
    run(["cargo", "build", "--release", "--quiet"], 1800, folder=CRATE, environment=environment)


class Peer(peers.Peer):
    name, title = "tantivy", "plain tantivy"
    reads = finds = "sections"
    facets = 3
    rows = ("any word", "all words")
    note = (
        "one thread; `any word` is what its own query parser does, `all words` wants them in one section. Without facets it does "
        "not look at every match. In both it groups nothing by page and counts facets of sections only, without labels."
    )

    def prepare(self):
        build(self.settings)

    def version(self):
        lines = (CRATE / "Cargo.lock").read_text().splitlines()
        return lines[lines.index('name = "tantivy"') + 1].split('"')[1]

    def ingest(self, corpus, index, timeout):
        self.fresh(index)
        return run([program(self.settings), "ingest", self.sections(corpus), index], timeout)

    def ask(self, row, index, questions, passes, facets, timeout):
        arguments = [program(self.settings), "ask", index, questions, passes, row.split()[0], facets]
        return peers.answers(run(arguments, timeout).output)

    def services(self, index):
        return [
            peers.Service(f"plain tantivy behind axum, {row}, {facets or 'no'} facets",
                          [program(self.settings), "serve", index, row.split()[0], facets], quick=facets > 0)
            for row, facets in (("any word", 2), ("all words", 2), ("any word", 0))
        ]
