"""Questions one after the other, and many at a time over HTTP."""

import load
from figures import megabytes, millis, number, percent, table
from . import all_peers, by_count, sizes, spread, timing

QUERY = ["", "median", "×", "p99", "×", "3 facets, median", "×", "p99", "×", "matches", "hits"]
HTTP = ["", "1: /s", "p99", "16: /s", "p99", "64: /s", "p99", "wrk, server", "ms a request", "start", "resident", "an answer"]


def query(bench):
    for name in sizes(bench):
        found = [query_row(bench, name, peer, row) for peer in all_peers(bench) for row in peer.rows]
        if any(found):
            asked = f"{bench.settings.questions} questions of one, two and three words, ten hits with snippets; milliseconds."
            yield f"## Queries: ({name})\n\n{asked}\n\n{table(QUERY, filter(None, found))}"


def query_row(bench, name, peer, row):
    found = {facets: bench.steps.rounds("query", name, peer.name, row, facets) for facets in (0, 3)}
    some = found[0] or found[3]
    if not some:
        return None
    cells = []
    for facets, rounds in found.items():
        ours = timing(bench.steps.rounds("query", name, "rolecall", "", facets))
        for theirs, our in zip(timing(rounds), ours):
            cells += [theirs.said(millis), theirs.times(our)]
    matches = f"{some[0]['matches']:,.0f} {peer.finds.split()[-1]}"
    return [f"{peer.title}{', ' if row else ''}{row}", *cells, matches, number(some[0]["shown"])]


def http(bench):
    for name in sizes(bench):
        rows = dict.fromkeys(key[2] for key in bench.steps.results if key[:2] == ("http", name))
        found = {row: rounds for row in rows if (rounds := bench.steps.rounds("http", name, row))}
        if found:
            questions = next(iter(found.values()))[0]["questions"]
            yield (
                f"## Over HTTP: ({name})\n\n{questions:,} distinct questions in turn, by wrk on the same cores. Requests answered "
                "a second, and p99 in milliseconds, at 1, 16 and 64 connections; at 16 the share of all cores that wrk and the "
                "server took, and the server's processor time for a request.\n\n"
                + table(HTTP, [http_row(*item) for item in found.items()])
            )


def http_row(row, found):
    cells = [row]
    for connections in map(str, load.CONNECTIONS):
        at = [by_count(value, connections) for value in found]
        refused = sum(value["refused"] + value["broken"] for value in at)
        rate = spread(at, "per_second").said(number) + (f", {refused:,} refused" if refused else "")
        cells += [rate, spread(at, "p99").said(millis)]
    at = [by_count(value, "16") for value in found]
    shares = (percent(spread(at, of).middle) for of in ("load_cpu", "server_cpu"))
    each = spread(at, lambda value: value["server_cpu"] * load.CORES / max(value["per_second"], 1))
    return [
        *cells, ", ".join(shares), each.said(millis), spread(found, "start").said(lambda value: f"{value * 1000:.0f} ms"),
        megabytes(spread(found, "memory").middle), f"{spread(found, 'bytes').middle / 1000:.1f} KB",
    ]
