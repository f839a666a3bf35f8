"""Who is measured: one file each, one line in ALL."""

import importlib
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from measure import Failed, run

# The product first: ratios are to it.
ALL = ["rolecall", "tantivy", "lucene", "sqlite_fts5", "postgres", "pagefind", "omindex", "recoll", "bare"]
# Known, and in no registry that ships packages.
LEFT_OUT = ["Meilisearch", "Typesense", "Elasticsearch"]


@dataclass
class Answer:
    """One timed answer to a question. `matches` are pages or sections, whichever the peer finds; `shown` are hits."""

    seconds: float
    matches: int
    shown: int


@dataclass
class Service:
    """A server over an index. In `target`, QUESTION stands for what is asked."""

    row: str
    arguments: list
    target: str = "/search?q=QUESTION"
    #: Also in a quick run.
    quick: bool = True


class Peer:
    """What each can do. Whatever raises Failed stands in the report with its reason."""

    name = title = ""
    #: What it reads: `pages`, HTML by itself, or `sections`, text that rolecall had read before.
    reads = "pages"
    #: What a match is.
    finds = "pages"
    #: Its Debian packages.
    packages = ()
    #: Run again on the same folder it looks for what changed.
    again = False
    #: How many facets it can count.
    facets = 0
    #: Rows of its answers: by name, what `ask` is given as `row`.
    rows = ("",)
    #: What the reader must know to compare.
    note = ""

    def __init__(self, settings):
        self.settings = settings

    def prepare(self):
        """Installs and builds."""

    def version(self):
        return ""

    def ingest(self, corpus, index, timeout):
        """Reads a corpus into a new index, or what changed into one that is there; returns the Cost."""
        raise NotImplementedError

    def bytes(self, index):
        """The folder whose bytes are the index's."""
        return index

    def ask(self, row, index, questions, passes, facets, timeout):
        """Asks the questions of a file, one after the other; returns Answers."""
        script = Path(__file__).parent.parent / "ask.py"
        asked = run([sys.executable, script, self.name, index, questions, passes, facets], timeout)
        return answers(asked.output)

    def services(self, index):
        """Its servers."""
        return []

    # What peers share.

    def sections(self, corpus):
        """The file of a corpus's sections, a line each."""
        return self.settings.sections(corpus)

    def fresh(self, index):
        shutil.rmtree(index, ignore_errors=True)
        index.mkdir(parents=True)

    def debian_version(self, package):
        return run(["dpkg-query", "-W", "-f", "${Version}", package], 30).output


def answers(output):
    """Lines of microseconds, matches, shown."""
    split = (line.split("\t") for line in output.splitlines())
    found = [Answer(float(micros) / 1e6, int(matches), int(shown)) for micros, matches, shown in split]
    if not found:
        raise Failed("no answer")
    return found


def load(names, settings):
    """The peers of these names."""
    return [importlib.import_module(f"peers.{name}").Peer(settings) for name in names]


def report_of(text):
    """The JSON that a program printed last."""
    return json.loads(text[text.index("{"):])
