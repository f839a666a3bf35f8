"""SQLite's FTS5, as Python brings it: bm25() and snippet()."""

import sqlite3
import sys

import peers
from measure import run

TABLES = """
    PRAGMA journal_mode = off;
    CREATE VIRTUAL TABLE words USING fts5(title, heading, body, tokenize = 'porter unicode61');
    CREATE TABLE sections (id INTEGER PRIMARY KEY, page TEXT, role TEXT, section TEXT);
    CREATE TABLE skills (id INTEGER, skill TEXT, PRIMARY KEY (id, skill)) WITHOUT ROWID;
"""
HITS = """
    SELECT page, title, heading, snippet(words, 2, '<mark>', '</mark>', '…', 40) FROM words JOIN sections ON id = words.rowid
    WHERE words MATCH ? ORDER BY bm25(words, 1.7, 1.6, 1.0) LIMIT 10
"""
FOUND = "id IN (SELECT rowid FROM words WHERE words MATCH ?)"
FACETS = [
    f"SELECT section, count(*) FROM sections WHERE {FOUND} GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
    f"SELECT skill, count(*) FROM skills WHERE {FOUND} GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
    f"SELECT role, count(*) FROM sections WHERE {FOUND} GROUP BY 1 ORDER BY 2 DESC LIMIT 20",
]


class Peer(peers.Peer):
    name, title = "sqlite_fts5", "SQLite FTS5"
    reads = finds = "sections"
    facets = 3
    note = "all words in one section; facets by GROUP BY over the sections found"

    def version(self):
        return sqlite3.sqlite_version

    def ingest(self, corpus, index, timeout):
        self.fresh(index)
        return run([sys.executable, __file__, self.sections(corpus), index / "index.sqlite"], timeout, environment={
            "PYTHONPATH": str(self.settings.here), "PYTHONDONTWRITEBYTECODE": "1"})


def fill(sections, database):
    connection = sqlite3.connect(database)
    connection.executescript(TABLES)
    with open(sections, encoding="utf-8") as lines, connection:
        for at, line in enumerate(lines, 1):
            page, role, section, skills, title, heading, body = line.rstrip("\n").split("\t")
            connection.execute("INSERT INTO words (rowid, title, heading, body) VALUES (?, ?, ?, ?)", (at, title, heading, body))
            connection.execute("INSERT INTO sections VALUES (?, ?, ?, ?)", (at, page, role, section))
            named = [(at, skill) for skill in skills.split(",") if skill]
            connection.executemany("INSERT OR IGNORE INTO skills VALUES (?, ?)", named)
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")
    connection.commit()


def opened(index, facets):
    connection = sqlite3.connect(index / "index.sqlite")
    counts = {}

    def answer(question):
        words = " ".join(f'"{word}"' for word in question.split())
        if question not in counts:  # In the pass that warms up.
            counts[question], = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (words,)).fetchone()
        hits = connection.execute(HITS, (words,)).fetchall()
        for facet in FACETS[:facets]:
            connection.execute(facet, (words,)).fetchall()
        return counts[question], len(hits)

    return answer


if __name__ == "__main__":
    fill(*sys.argv[1:])
