"""axum with nothing behind it: what HTTP itself takes on this machine."""

import peers
from . import tantivy


class Peer(peers.Peer):
    name, title = "bare", "bare axum handler"
    reads = "nothing"

    def prepare(self):
        tantivy.build(self.settings)

    def version(self):
        lines = (tantivy.CRATE / "Cargo.lock").read_text().splitlines()
        return lines[lines.index('name = "axum"') + 1].split('"')[1]

    def services(self, index):
        return [peers.Service("bare axum handler", [tantivy.program(self.settings), "bare"])]
