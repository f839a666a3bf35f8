"""PostgreSQL's full text search: a cluster of its own, on a socket, as Debian configures it but for memory and the log's size."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import peers
from measure import Cost, Failed, run

SETTINGS = {
    "listen_addresses": "", "shared_buffers": "512MB", "work_mem": "64MB", "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB", "autovacuum": "off",
}
TABLE = """
    CREATE TABLE sections (page text, role text, section text, skills text, title text, heading text, body text)
"""
COPY = """
    COPY sections FROM STDIN WITH (FORMAT csv, DELIMITER E'\\t', QUOTE E'\\x01',
        FORCE_NOT_NULL (page, role, section, skills, title, heading, body))
"""
INDEX = """
    ALTER TABLE sections ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', heading), 'B') ||
        to_tsvector('english', left(body, 400000))) STORED;
    CREATE INDEX ON sections USING gin (words);
    ANALYZE sections;
"""
HITS = """
    WITH asked AS (SELECT websearch_to_tsquery('english', %s) AS query), hits AS (
        SELECT page, title, heading, body, query, ts_rank(words, query) AS rank FROM sections, asked
        WHERE words @@ query ORDER BY rank DESC LIMIT 10)
    SELECT page, title, heading, ts_headline('english', body, query, 'MaxWords=40, MinWords=20') FROM hits ORDER BY rank DESC
"""
FACETS = [
    f"SELECT {value}, count(*) FROM sections WHERE words @@ websearch_to_tsquery('english', %s) GROUP BY 1 ORDER BY 2 DESC LIMIT 20"
    for value in ("section", "unnest(string_to_array(skills, ','))", "role")
]


class Peer(peers.Peer):
    name, title = "postgres", "PostgreSQL"
    reads = finds = "sections"
    packages = ("postgresql", "python3-psycopg2")
    facets = 3
    note = "all words in one section; facets by GROUP BY over the sections found; the processor and memory are its server's"

    def programs(self):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
        if not found:
            raise Failed("no PostgreSQL under /usr/lib/postgresql")
        return found[-1].parent

    def version(self):
        return run([self.programs() / "postgres", "--version"], 30).output.split()[2]

    def ingest(self, corpus, index, timeout):
        sections = self.sections(corpus)
        self.fresh(index)
        who = user()
        if who:
            shutil.chown(index, who, who)
        as_user = {"user": who, "group": who} if who else {}
        made = subprocess.run([self.programs() / "initdb", "-D", index / "data", "--no-locale", "-E", "UTF8", "-A", "trust"],
                              capture_output=True, text=True, timeout=120, cwd="/", **as_user)
        if made.returncode:
            raise Failed(f"initdb: {(made.stderr.strip() or made.stdout.strip()).splitlines()[-1]}")
        start = time.monotonic()
        with self.running(index) as server:
            fill(index, sections, timeout)
            wall = time.monotonic() - start
        return Cost(wall, server.cpu, server.memory)

    def bytes(self, index):
        return index / "data/base"

    def ask(self, row, index, questions, passes, facets, timeout):
        with self.running(index):
            return super().ask(row, index, questions, passes, facets, timeout)

    @contextmanager
    def running(self, index):
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        who = user()
        child = subprocess.Popen(
            [self.programs() / "postgres", "-D", index / "data", "-k", index, *options], cwd="/", start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **({"user": who, "group": who} if who else {}),
        )
        server = Cost()
        try:
            for _ in range(300):
                if (index / ".s.PGSQL.5432").exists() or child.poll() is not None:
                    break
                time.sleep(0.1)
            yield server
        finally:
            if child.returncode is None:
                child.send_signal(signal.SIGINT)
                _, _, usage = os.wait4(child.pid, 0)
                child.returncode = 0
                server.cpu, server.memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def user():
    """It refuses to run as root: then as the user that its package brings."""
    if os.getuid():
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise Failed("run by root, and there is no user postgres") from None


def connect(index):
    import psycopg2

    for tried in range(50):
        try:
            return psycopg2.connect(host=str(index), user=user() or pwd.getpwuid(os.getuid()).pw_name, dbname="postgres")
        except psycopg2.OperationalError as problem:
            if tried == 49:
                raise Failed(str(problem).strip().splitlines()[0]) from None
            time.sleep(0.2)


def fill(index, sections, timeout):
    import psycopg2

    connection = connect(index)
    try:
        with connection, connection.cursor() as cursor, open(sections, encoding="utf-8") as lines:
            cursor.execute("SET statement_timeout = %s", (int(timeout * 1000),))
            cursor.execute(TABLE)
            cursor.copy_expert(COPY, lines)
            cursor.execute(INDEX)
    except psycopg2.Error as problem:
        raise Failed(str(problem).strip().splitlines()[0]) from None
    finally:
        connection.close()


def opened(index, facets):
    connection = connect(index)
    cursor = connection.cursor()
    counts = {}

    def answer(question):
        if question not in counts:  # In the pass that warms up.
            cursor.execute("SELECT count(*) FROM sections WHERE words @@ websearch_to_tsquery('english', %s)", (question,))
            counts[question], = cursor.fetchone()
        cursor.execute(HITS, (question,))
        hits = cursor.fetchall()
        for facet in FACETS[:facets]:
            cursor.execute(facet, (question,))
            cursor.fetchall()
        return counts[question], len(hits)

    return answer
