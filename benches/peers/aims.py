"""What the project aims at, each as a function from a run to a row: name, aim, measured, met; or None where nothing was measured."""

import load
from figures import number, share
from tables import by_count, first, spread


def ratio(bench, name, peer, of):
    """How many times ours a peer's figure is."""
    theirs, ours = bench.steps.rounds("ingest", name, peer), bench.steps.rounds("ingest", name, "rolecall")
    if theirs and ours:
        return spread(theirs, lambda value: value[of]).middle / spread(ours, lambda value: value[of]).middle
    return None


def at_least(title, aim, value, least):
    return None if value is None else [title, aim, number(value), "yes" if value >= least else "no"]


def at_most(title, aim, value, most):
    return None if value is None else [title, aim, number(value), "yes" if value <= most else "no"]


def pagefind(bench):
    return at_least("ingest of (a), Pagefind's time over ours", "4, better 5", ratio(bench, "a", "pagefind", "wall"), 4)


def omindex(bench):
    return at_least("ingest of (a), omindex's time over ours", "6, better 8", ratio(bench, "a", "omindex", "wall"), 6)


def memory(bench):
    return at_least("ingest of (a), Pagefind's memory over ours", "4", ratio(bench, "a", "pagefind", "memory"), 4)


def busy(bench):
    found = bench.steps.rounds("ingest", "a", "rolecall")
    percent = spread(found, lambda value: value["cpu"] / value["wall"] / load.CORES).middle * 100 if found else None
    return at_least("ingest of (a), cores busy in percent", "85", percent, 85)


def again(bench):
    found, whole = bench.steps.rounds("again", "a", "rolecall"), bench.steps.rounds("ingest", "a", "rolecall")
    if not found or not whole:
        return None
    times = spread(whole, lambda value: value["wall"]).middle / spread(found, lambda value: value["same"]).middle
    return at_least("first ingest of (a) over one with nothing changed", "20", times, 20)


def over_http(row, name):
    def measured(bench):
        ours = bench.steps.rounds("http", name, "rolecall, 10 snippets, 3 facets")
        theirs = bench.steps.rounds("http", name, f"plain tantivy behind axum, {row}, 2 facets")
        if not ours or not theirs:
            return None
        rates = [spread(found, lambda value: by_count(value, "16")["per_second"]).middle for found in (ours, theirs)]
        return at_least(f"({name}) over HTTP at 16 connections, our requests/s with 3 facets over plain tantivy's ({row}) with 2", "1, better 2", rates[0] / rates[1], 1)
    return measured


def index(name):
    def measured(bench):
        ours, theirs = first(bench, "ingest", name, "rolecall"), first(bench, "ingest", name, "tantivy")
        return at_most(f"index of ({name}) over plain tantivy's", "1.3", ours["bytes"] / theirs["bytes"], 1.3) if ours and theirs else None
    return measured


def start(bench):
    found = bench.steps.rounds("growth", 100_000)
    return at_most("start-up at 100,000 pages in ms", "150", spread(found, lambda value: value["start"]).middle * 1000 if found else None, 150)


def linear(bench):
    found = {pages: bench.steps.rounds("growth", pages) for pages in bench.settings.curve}
    per_page = [spread(rounds, lambda value: value["wall"]).middle / pages for pages, rounds in found.items() if rounds]
    if len(per_page) < 2:
        return None
    return at_most(f"ingest time a page, {max(found):,} pages over {min(found):,}", "1.15", per_page[-1] / per_page[0], 1.15)


def facet(bench):
    found = first(bench, "growth", bench.settings.curve[-1])
    if not found:
        return None
    took, matches = (sum(pair[at] for pair in found["common_3"]) for at in (0, 1))
    return at_most("exact answers to common words, ns a matching section and facet", "40", took / matches / 3 * 1e9, 40)


def common(bench):
    found = first(bench, "growth", bench.settings.curve[-1])
    p99 = share([took for took, _ in found["common_3"]], 0.99) * 1000 if found else None
    return at_most(f"p99 of common words at {bench.settings.curve[-1]:,} pages in ms", "100", p99, 100)


ALL = [
    pagefind, omindex, memory, busy, again,
    *(over_http(row, name) for name in "abc" for row in ("any word", "all words")),
    *(index(name) for name in "abc"), start, linear, facet, common,
]
