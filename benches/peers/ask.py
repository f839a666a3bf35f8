"""Asks a peer that has a Python binding, in a process of its own: ask.py PEER INDEX QUESTIONS PASSES FACETS.

Its module has `opened(index, facets)`, which returns what answers a question with how many match and how many are shown. A pass
that warms up comes first. Prints a line for each answer: microseconds, matches, shown."""

import importlib
import sys
import time
from pathlib import Path

name, index, questions, passes, facets = sys.argv[1:]
sys.dont_write_bytecode = True
answer = importlib.import_module(f"peers.{name}").opened(Path(index), int(facets))
questions = Path(questions).read_text().splitlines()
for taken in range(int(passes) + 1):
    for question in questions:
        start = time.perf_counter()
        matches, shown = answer(question)
        took = time.perf_counter() - start
        if taken:
            print(f"{took * 1e6:.1f}\t{matches}\t{shown}", flush=True)
