"""Recoll, asked through its Python binding."""

import peers
from measure import run


class Peer(peers.Peer):
    name, title = "recoll", "Recoll"
    packages = ("recollcmd", "python3-recoll")
    again = True
    note = "all words"

    def version(self):
        return self.debian_version("recollcmd")

    def ingest(self, corpus, index, timeout):
        index.mkdir(parents=True, exist_ok=True)
        (index / "recoll.conf").write_text(f"topdirs = {corpus.folder}\nindexstemminglanguages = english\nloglevel = 2\n")
        # It skips what lies under the system's temporary folder, unless told.
        with open(index / "recoll.conf", "a") as settings:
            settings.write("skippedPaths =\n")
        return run(["recollindex", "-c", index], timeout, environment={"RECOLL_CONFDIR": str(index)})

    def bytes(self, index):
        return index / "xapiandb"


def opened(index, facets):
    from recoll import recoll

    database = recoll.connect(confdir=str(index))
    database.setAbstractParams(maxchars=240, contextwords=8)

    def answer(question):
        query = database.query()
        matches = query.execute(question, stemming=1, stemlang="english")
        hits = query.fetchmany(10)
        for hit in hits:
            query.makedocabstract(hit)
        return matches, len(hits)

    return answer
