"""What is run, on what, where."""

import argparse
import hashlib
import os
import shutil
from pathlib import Path

from peers import ALL

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FIGURES = ["ingest", "query", "http", "growth"]


def listed(known):
    def split(text):
        names = text.split(",")
        if wrong := [name for name in names if name not in known]:
            raise argparse.ArgumentTypeError(f"{', '.join(wrong)}: not one of {', '.join(known)}")
        return names
    return split


class Settings:
    here, root = HERE, ROOT

    def __init__(self, arguments=None):
        parser = argparse.ArgumentParser(prog="benches/peers/run", description="rolecall beside what people would use instead")
        add = parser.add_argument
        add("--quick", action="store_true", help="less of everything, in ten minutes at most")
        add("--whole", action="store_true", help="the growth curve up to a million pages")
        add("--corpus", type=listed("abc"), default=list("abc"), metavar="a,b,c")
        add("--peers", type=listed(ALL), default=ALL, metavar="NAME,…", help=", ".join(ALL))
        add("--only", type=listed(FIGURES), default=FIGURES, metavar="FIGURE,…", help=", ".join(FIGURES))
        add("--rounds", type=int, default=3)
        add("--minutes", type=float, help="for everything (10 with --quick, else 90); what does not fit is left out")
        add("--shared", type=Path, default=ROOT.parent / "shared", help="where pages/onet and pages/esco are")
        add("--work", type=Path, help="where corpora, packages and indexes are made (target/peers)")
        add("--fresh", action="store_true", help="measure again what was measured before with this program")
        add("--output", type=Path, default=ROOT / "docs/benchmarks.md", help="the report; with --quick, in the work folder")
        said = parser.parse_args(arguments)
        if "PEERS_ROLECALL" not in os.environ:
            raise SystemExit  # `run` looks first whether it was asked well.
        self.quick, self.whole, self.fresh, self.rounds = said.quick, said.whole, said.fresh, said.rounds
        self.only, self.corpora = said.only, said.corpus
        # Ratios need the product.
        self.peers = ["rolecall", *(name for name in ALL if name in said.peers and name != "rolecall")]
        self.minutes = said.minutes or (9.5 if said.quick else 88)
        self.shared = said.shared.resolve()
        build = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
        self.work = (said.work or build / "peers").resolve()
        self.target = self.work / "limits"
        self.generated = 2_000 if said.quick else 100_000
        self.curve = [1_000, 2_000, 10_000] if said.quick else [10_000, 100_000] + ([1_000_000] if said.whole else [])
        self.passes, self.questions, self.asked = (1, 50, 5_000) if said.quick else (2, 60, 6_000)
        self.seconds = 1 if said.quick else 5
        program = Path(os.environ["PEERS_ROLECALL"])
        with open(program, "rb") as file:
            name = hashlib.file_digest(file, "sha256").hexdigest()[:12]
        self.run = self.work / "runs" / (f"{name}-quick" if said.quick else name)
        # A copy, as somebody may build meanwhile.
        self.program = self.run / "rolecall"
        if not self.program.exists():
            self.run.mkdir(parents=True, exist_ok=True)
            shutil.copy(program, self.program)
        quick = said.quick and said.output == parser.get_default("output")
        self.output = self.work / "benchmarks-quick.md" if quick else said.output.resolve()
        self.results = HERE / "results.json" if self.output == parser.get_default("output") else self.output.with_suffix(".json")

    def index(self, corpus, peer):
        return self.run / "index" / corpus.folder.name / peer.name

    def sections(self, corpus):
        return self.run / "sections" / f"{corpus.folder.name}.tsv"

    def disk(self):
        """About how many bytes are needed, and how many are free."""
        pages = max([self.generated if "c" in self.corpora else 0, *(self.curve if "growth" in self.only else [])])
        # A page of (c) with its index takes 14 KB; the 100,000 are indexed by every peer, as is (a) with 220 MB.
        needed = pages * 14e3 + (self.generated * 90e3 if "c" in self.corpora else 0)
        needed += (0.3e9 if self.quick else 3e9 if "a" in self.corpora else 0) + 3e9
        self.work.mkdir(parents=True, exist_ok=True)
        return needed, shutil.disk_usage(self.work).free
