"""Measures rolecall beside its peers; `run` starts it with what it needs. README.md tells what is measured and how."""

import os
import shutil
import signal
import sys

sys.dont_write_bytecode = True

import changes
import corpora
import load
import peers
import questions
import report
import sections
from measure import Failed, bytes_of
from settings import Settings
from steps import Steps, plain

# Seconds that a step may take; and after which the ingest of a peer is not repeated.
INGEST, QUERY, SERVE, ONCE = 1500, 300, 300, 120


class Bench:
    def __init__(self, settings):
        self.settings = settings
        self.busy = os.getloadavg()[0]
        self.steps = Steps(settings.run / "steps.jsonl", settings.minutes, settings.fresh)
        self.peers = peers.load(settings.peers, settings)
        self.rolecall = self.peers[0]
        self.corpora = {}

    def whole(self):
        self.prepare()
        turns = range(1, self.settings.rounds + 1)
        # The growth and one round of the largest corpus come first: there may not be time for more.
        large = self.corpora.pop("c", None)
        for corpus in list(self.corpora.values()):
            for turn in turns:
                self.turn(corpus, turn)
        if large:
            self.corpora["c"] = large
            self.growth()
            self.turn(large, 1)
        else:
            self.growth()
        for turn in turns[1:] if large else ():
            self.turn(large, turn)

    def turn(self, corpus, turn):
        """Everybody does everything once."""
        for figure in (self.ingest, self.query, self.http):
            figure(corpus, turn)
            report.write(self)

    def prepare(self):
        """What can be installed, built and made before; who cannot be installed is left out with the reason."""
        for peer in list(self.peers):
            self.steps.step(("prepare", peer.name, 0), lambda _: peer.prepare() or peer.version(), 1800)
            if self.steps.failure("prepare", peer.name):
                self.peers.remove(peer)
        wanted = self.settings.corpora if set(self.settings.only) - {"growth"} else []
        for name in wanted:
            size = self.steps.step(("corpus", name, 0), lambda _: self.corpus(name).size(), 1800)
            if size:
                self.corpora[name] = self.corpus(name)
                changes.restore(self.corpora[name], self.kept(self.corpora[name]))

    def corpus(self, name):
        return corpora.make(name, self.settings)

    def kept(self, corpus):
        return self.settings.work / "changed" / corpus.folder.name

    # Ingest.

    def ingest(self, corpus, turn):
        if "ingest" in self.settings.only:
            corpus.warm()
            for peer in self.able("ingest"):
                key = ("ingest", corpus.name, peer.name)
                if peer is self.rolecall or all(found["wall"] < ONCE for found in self.steps.rounds(*key)):
                    self.steps.step((*key, turn), lambda timeout: self.ingested(peer, corpus, timeout), INGEST)
            for peer in self.able("ingest"):
                if peer.again and "value" in self.steps.results.get(("ingest", corpus.name, peer.name, turn), {}):
                    key = ("again", corpus.name, peer.name, turn)
                    self.steps.step(key, lambda timeout: self.again(peer, corpus, timeout), INGEST)

    def able(self, what):
        return [peer for peer in self.peers if getattr(type(peer), what) is not getattr(peers.Peer, what)]

    def ingested(self, peer, corpus, timeout):
        if peer.reads == "sections":
            self.read(corpus)
        index = self.settings.index(corpus, peer)
        shutil.rmtree(index, ignore_errors=True)
        cost = peer.ingest(corpus, index, timeout)
        total, by_end = bytes_of(peer.bytes(index))
        value = {**plain(cost), "bytes": total, "by_end": by_end}
        said = value.pop("output")
        return {**value, **(peer.counted(said) if peer.name == "rolecall" else {})}

    def again(self, peer, corpus, timeout):
        index = self.need(peer, corpus)
        same = peer.ingest(corpus, index, timeout)
        with changes.changed(corpus, self.kept(corpus)) as pages:
            some = peer.ingest(corpus, index, timeout)
        peer.ingest(corpus, index, timeout)
        return {"same": same.wall, "changed": some.wall, "pages": pages, "memory": max(same.memory, some.memory)}

    def need(self, peer, corpus):
        """The index of a peer, made here if no step has."""
        index = self.settings.index(corpus, peer)
        if failure := self.steps.failure("ingest", corpus.name, peer.name):
            raise Failed(f"no index: {failure}")
        if not index.is_dir():
            self.ingested(peer, corpus, INGEST)
        return index

    def read(self, corpus):
        """The sections of a corpus as rolecall reads them."""
        file = self.settings.sections(corpus)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            sections.write(self.settings, corpus, self.need(self.rolecall, corpus), file)
        return file

    def asked(self, corpus):
        """The files of few and of many questions."""
        few, many = (self.settings.run / "questions" / f"{corpus.folder.name}-{count}.txt" for count in ("few", "many"))
        if not many.exists():
            few.parent.mkdir(parents=True, exist_ok=True)
            common = few.with_name(f"{corpus.folder.name}-common.txt")
            questions.write(self.read(corpus), {few: self.settings.questions, many: self.settings.asked}, common)
        return few, many

    # Questions.

    def query(self, corpus, turn):
        if "query" not in self.settings.only:
            return
        for peer in (peer for peer in self.peers if peer.reads != "nothing"):
            for row in peer.rows:
                for facets in (0, 3):
                    if facets <= peer.facets:
                        key = ("query", corpus.name, peer.name, row, facets, turn)
                        self.steps.step(key, lambda timeout: self.answers(peer, row, corpus, facets, timeout), QUERY)

    def answers(self, peer, row, corpus, facets, timeout):
        few, _ = self.asked(corpus)
        found = peer.ask(row, self.need(peer, corpus), few, self.settings.passes, facets, timeout)
        return {
            "seconds": [answer.seconds for answer in found],
            "matches": sum(answer.matches for answer in found) / len(found),
            "shown": sum(answer.shown for answer in found) / len(found),
        }

    # Over HTTP.

    def http(self, corpus, turn):
        if "http" not in self.settings.only:
            return
        for peer in self.peers:
            if peer.reads == "nothing" and corpus is not next(iter(self.corpora.values())):
                continue  # It is the same whatever the corpus.
            for service in peer.services(self.settings.index(corpus, peer)):
                if self.settings.quick and not service.quick:
                    continue
                key = ("http", corpus.name, service.row, turn)
                self.steps.step(key, lambda _: self.served(peer, service, corpus), SERVE)

    def served(self, peer, service, corpus):
        if peer.reads != "nothing":
            self.need(peer, corpus)
        _, many = self.asked(corpus)
        return load.measure(service, many.read_text().splitlines(), self.settings.seconds, self.settings.run)

    # Growth.

    def growth(self):
        if "growth" not in self.settings.only:
            return
        for turn in range(1, self.settings.rounds + 1):
            for pages in self.settings.curve:
                # The largest takes as long as all others together.
                if turn == 1 or pages < 100_000:
                    self.steps.step(("growth", pages, turn), lambda timeout: self.grown(pages, timeout), INGEST * 2)
                    report.write(self)

    def grown(self, pages, timeout):
        corpus = corpora.generate.make(self.settings, pages)
        corpus.warm()
        value = self.ingested(self.rolecall, corpus, timeout)
        index = self.settings.index(corpus, self.rolecall)
        smallest = corpora.generate.make(self.settings, self.settings.curve[0])
        _, _ = self.asked(smallest)
        common = self.settings.run / "questions" / f"{smallest.folder.name}-common.txt"
        rows = {"common_0": ("by its own clock", 0), "common_3": ("by its own clock", 3), "estimated_3": ("totals estimated", 3)}
        for name, (row, facets) in rows.items():
            try:
                found = self.rolecall.ask(row, index, common, 3, facets, QUERY)
                value[name] = [[answer.seconds, answer.matches] for answer in found]
            except Failed:
                if name != "estimated_3":  # Which not every version knows.
                    raise
        value["start"] = sorted(load.web.first_answer(self.rolecall.serve(index), "/search?q=work") for _ in range(3))[1]
        value["pages_of"], value["bytes_of"] = corpus.size()
        return value


def end_well():
    """Told to stop, what runs is ended and what was changed comes back."""
    me = os.getpid()

    def told(*_):
        if os.getpid() != me:  # One that helps: it has nothing to bring back.
            os._exit(1)
        sys.exit("told to stop")

    signal.signal(signal.SIGTERM, told)


def main():
    end_well()
    settings = Settings()
    needed, free = settings.disk()
    print(f"Needs about {needed / 1e9:.0f} GB of disk in {settings.work}, where {free / 1e9:.0f} GB are free; "
          f"takes {settings.minutes:.0f} minutes at most.", file=sys.stderr)
    # What is there from a run before is not needed again.
    if needed > free and needed > free + bytes_of(settings.work)[0]:
        sys.exit("That is too little: name another place (--work) or ask for less (--quick, --corpus b).")
    bench = Bench(settings)
    bench.whole()
    print(report.markdown(bench))
    print(f"Written to {settings.output} and {settings.results}", file=sys.stderr)


if __name__ == "__main__":
    main()
