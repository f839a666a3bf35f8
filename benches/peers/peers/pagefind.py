"""Pagefind: indexes by its program and answers by its script, here in Node, where nothing is fetched over a network."""

import json
import shutil
from pathlib import Path

import peers
from measure import Failed, run

ASK = Path(__file__).parent / "pagefind.mjs"


class Peer(peers.Peer):
    name, title = "pagefind", "Pagefind"
    packages = ("nodejs", "npm")
    note = "all words; asked in Node in one process, its files read from disk"

    def folder(self):
        return self.settings.work / "packages/pagefind"

    def prepare(self):
        if (self.folder() / "node_modules/pagefind").is_dir():
            return
        self.folder().mkdir(parents=True, exist_ok=True)
        arguments = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", self.folder(), "pagefind"]
        run(arguments, 300, folder=self.folder())

    def version(self):
        return json.loads((self.folder() / "node_modules/pagefind/package.json").read_text())["version"]

    def program(self):
        """The program itself, and not the script that starts it."""
        for name in ("pagefind_extended", "pagefind"):
            for program in (self.folder() / "node_modules/@pagefind").glob(f"*/bin/{name}"):
                return program
        raise Failed("no program in its package for this machine")

    def ingest(self, corpus, index, timeout):
        shutil.rmtree(index, ignore_errors=True)
        return run([self.program(), "--site", corpus.folder, "--output-path", index, "--silent"], timeout)

    def ask(self, row, index, questions, passes, facets, timeout):
        (index / "package.json").write_text('{"type": "module"}')
        return peers.answers(run(["node", ASK, index, questions, passes], timeout).output)
