"""The product, as a program and over HTTP: it is asked on one connection, and what that takes is part of its time."""

import json
import time

import peers
import web
from measure import Failed, run

FACETS = "role,section,skill"
# As many snippets an answer as the others show: one for each of ten hits.
PLAIN = "/search?q=QUESTION&limit=10&sections_per_hit=1"
# Everybody is answered, however many ask at once.
WAITING = ["--searches", "64", "--waiting", "1000", "--wait", "30", "--timeout", "60"]


class Peer(peers.Peer):
    name = title = "rolecall"
    finds = "pages and sections"
    again = True
    facets = 3
    rows = ("", "by its own clock")
    note = (
        "asked over HTTP on one connection, which is part of its time; `by its own clock` is what it says itself (`took_ms`). "
        "Its answers have pages with their best section, exact totals, skills, and labels of facets besides."
    )

    def version(self):
        return run([self.settings.program, "--version"], 30).output.strip()

    def ingest(self, corpus, index, timeout):
        # Pages that cannot be read are reported and are no failure of the run.
        arguments = [self.settings.program, "ingest", corpus.folder, "--index", index, "--json"]
        return run(arguments, timeout, folder=self.settings.work, ok=(0, 1))

    def counted(self, output):
        """What its report says of a run."""
        report = peers.report_of(output)
        return {name: report[name] for name in ("pages", "sections")}

    def serve(self, index, kept=0):
        """The server, with room for so many MiB of answers that are kept."""
        options = ["--listen", "127.0.0.1:0", "--log", "error", "--result-cache", str(kept), *WAITING]
        return [self.settings.program, "serve", "--index", index, *options]

    def ask(self, row, index, questions, passes, facets, timeout):
        estimated = "&totals=estimated" if row == "totals estimated" else ""
        template = PLAIN + estimated + "&facets=" + ",".join(FACETS.split(",")[:facets])
        asked, deadline = questions.read_text().splitlines(), time.monotonic() + timeout
        found = []
        with web.serving(self.serve(index)) as server:
            connection = server.connection()
            for taken in range(passes + 1):
                for question in asked:
                    address = web.target(template, question)
                    start = time.perf_counter()
                    status, body = connection.get(address)
                    took = time.perf_counter() - start
                    if status != 200 or time.monotonic() > deadline:
                        raise Failed(f"{address} is answered {status}" if status != 200 else f"not done after {timeout} s")
                    if taken:
                        answer = json.loads(body)
                        seconds = answer["took_ms"] / 1000 if row else took
                        found.append(peers.Answer(seconds, answer["total"]["sections"], len(answer["hits"])))
        return found

    def services(self, index):
        return [
            peers.Service("rolecall, 10 snippets, 3 facets", self.serve(index), f"{PLAIN}&facets={FACETS}"),
            peers.Service("rolecall, 10 snippets, no facets", self.serve(index), f"{PLAIN}&facets=", quick=False),
            peers.Service("rolecall, 10 snippets, 3 facets, answers kept", self.serve(index, 256), f"{PLAIN}&facets={FACETS}", quick=False),
            peers.Service("rolecall, as it answers by default", self.serve(index), quick=False),
        ]
