"""Xapian Omega's omindex, asked through Xapian's Python binding; what it shows is from the sample that it stores."""

import peers
from measure import run

class Peer(peers.Peer):
    name, title = "omindex", "Xapian Omega"
    packages = ("xapian-omega", "python3-xapian")
    again = True
    note = "all words; snippets are of the first 512 bytes of a page, which is what it keeps"

    def version(self):
        return self.debian_version("xapian-omega")

    def ingest(self, corpus, index, timeout):
        index.parent.mkdir(parents=True, exist_ok=True)
        return run(["omindex", "--db", index, "--url", "/", "--stemmer", "english", "--sample-size", "512", corpus.folder], timeout)


def opened(index, facets):
    import xapian

    database = xapian.Database(str(index))
    stem = xapian.Stem("english")
    parser = xapian.QueryParser()
    parser.set_stemmer(stem)
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    parser.set_database(database)
    parser.add_prefix("", "")
    parser.add_prefix("", "S")

    def answer(question):
        enquire = xapian.Enquire(database)
        enquire.set_query(parser.parse_query(question))
        found = enquire.get_mset(0, 10)
        for hit in found:
            fields = dict(line.split("=", 1) for line in hit.document.get_data().decode(errors="replace").splitlines() if "=" in line)
            found.snippet(fields.get("sample", "").encode(), 240, stem)
        return found.get_matches_estimated(), len(found)

    return answer
