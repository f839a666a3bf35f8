"""What the project aims at, each as a function from a run to a row: name, aim, measured, met; or None where it was not measured."""

import load
from figures import number, share, table
from tables import by_count, first, spread


def aims(bench):
    """The aims of which this run says something."""
    rows = [row for aim in ALL if (row := aim(bench))]
    return "## Aims\n\n" + table(["", "aim", "measured", "met"], rows) if rows else ""


def at_least(title, aim, value, least):
    return [title, aim, number(value), "yes" if value >= least else "no"]


def at_most(title, aim, value, most):
    return [title, aim, number(value), "yes" if value <= most else "no"]


def beside(peer, title, of, aim, least):
    """How many times ours a peer's figure is when it reads (a)."""
    def measured(bench):
        theirs, ours = (bench.steps.rounds("ingest", "a", who) for who in (peer, "rolecall"))
        if theirs and ours:
            return at_least(f"ingest of (a), {title} over ours", aim, spread(theirs, of).middle / spread(ours, of).middle, least)
    return measured


def busy(bench):
    if found := bench.steps.rounds("ingest", "a", "rolecall"):
        percent = spread(found, lambda value: value["cpu"] / value["wall"] / load.CORES * 100).middle
        return at_least("ingest of (a), cores busy in percent", "85", percent, 85)


def again(bench):
    whole, same = (bench.steps.rounds(what, "a", "rolecall") for what in ("ingest", "again"))
    if whole and same:
        times = spread(whole, "wall").middle / spread(same, "same").middle
        return at_least("first ingest of (a) over one with nothing changed", "20", times, 20)


def over_http(name, row):
    def measured(bench):
        ours = bench.steps.rounds("http", name, "rolecall, 10 snippets, 3 facets")
        theirs = bench.steps.rounds("http", name, f"plain tantivy behind axum, {row}, 2 facets")
        if ours and theirs:
            ours, theirs = (spread(found, lambda value: by_count(value, "16")["per_second"]).middle for found in (ours, theirs))
            title = f"({name}) over HTTP, 16 connections: our requests/s with 3 facets over plain tantivy's with 2, {row}"
            return at_least(title, "1, better 2", ours / theirs, 1)
    return measured


def index(name):
    def measured(bench):
        ours, theirs = (first(bench, "ingest", name, peer) for peer in ("rolecall", "tantivy"))
        if ours and theirs:
            return at_most(f"index of ({name}) over plain tantivy's", "1.3", ours["bytes"] / theirs["bytes"], 1.3)
    return measured


def start(bench):
    if found := bench.steps.rounds("growth", 100_000):
        return at_most("start-up at 100,000 pages in ms", "150", spread(found, "start").middle * 1000, 150)


def grown(of, title):
    """What growing from the fewest to the most pages does to a figure."""
    def measured(bench):
        found = {pages: rounds for pages in bench.settings.curve if (rounds := bench.steps.rounds("growth", pages))}
        if len(found) > 1:
            least, most = min(found), max(found)
            figure = {pages: spread(found[pages], lambda value: of(value, pages)).middle for pages in (least, most)}
            return at_most(f"{title}, of {most:,} pages over that of {least:,}", "1.15", figure[most] / figure[least], 1.15)
    return measured


def facet(bench):
    if found := first(bench, "growth", bench.settings.curve[-1]):
        took, matches = (sum(pair[at] for pair in found["common_3"]) for at in (0, 1))
        each = took / max(1, matches) / 3 * 1e9
        return at_most("exact answers to common words, ns a matching section and facet", "40", each, 40)


def common(bench):
    pages = bench.settings.curve[-1]
    if found := first(bench, "growth", pages):
        estimated = found.get("estimated_3")
        p99 = share([took for took, _ in estimated or found["common_3"]], 0.99) * 1000
        kind = "totals estimated" if estimated else "all exact"
        return at_most(f"p99 of common words at {pages:,} pages in ms, {kind}", "100", p99, 100)


ALL = [
    beside("pagefind", "Pagefind's time", "wall", "4, better 5", 4),
    beside("omindex", "omindex's time", "wall", "6, better 8", 6),
    beside("pagefind", "Pagefind's memory", "memory", "4", 4),
    busy, again,
    *(over_http(name, row) for name in "abc" for row in ("any word", "all words")),
    *(index(name) for name in "abc"),
    start,
    grown(lambda value, pages: value["wall"] / pages, "ingest time a page"),
    grown(lambda value, _: value["memory"], "ingest memory"),
    facet, common,
]
