"""The tables of the report, each from the steps of a run."""

import load
import peers
from figures import Spread, megabytes, millis, number, percent, seconds, share, table

ONE_FILE = {".store": "stored text", ".pos": "positions", ".idx": "postings", ".term": "terms", ".fast": "fast fields", ".fieldnorm": "lengths"}


def all_peers(bench):
    return peers.load(bench.settings.peers, bench.settings)


def spread(values, of):
    return Spread([of(value) for value in values])


def sizes(bench):
    """Pages and bytes of the corpora that were made."""
    return {name: value for name in bench.settings.corpora if (value := first(bench, "corpus", name))}


def first(bench, *key):
    return next(iter(bench.steps.rounds(*key)), None)


def ingest(bench):
    for name, (pages, total) in sizes(bench).items():
        ours = bench.steps.rounds("ingest", name, "rolecall")
        rows = []
        for peer in all_peers(bench):
            found = bench.steps.rounds("ingest", name, peer.name)
            again = bench.steps.rounds("again", name, peer.name)
            if not found:
                continue
            wall, memory, size = (spread(found, lambda value, of=of: value[of]) for of in ("wall", "memory", "bytes"))
            busy = spread(found, lambda value: value["cpu"] / value["wall"] / load.CORES)
            rows.append([
                peer.title + ("" if peer.reads == "pages" else ", text only"), wall.said(seconds),
                wall.times(spread(ours, lambda value: value["wall"])), spread(found, lambda value: value["cpu"]).said(seconds),
                percent(busy.middle), f"{pages / wall.middle:,.0f}", number(total / 1e6 / wall.middle), megabytes(memory.middle),
                memory.times(spread(ours, lambda value: value["memory"])), number(size.middle / total),
                spread(again, lambda value: value["same"]).said(seconds), spread(again, lambda value: value["changed"]).said(seconds),
            ])
        if rows:
            yield f"## Ingest: ({name}) {corpus_title(bench, name)}\n\n{pages:,} pages, {megabytes(total)}.\n\n" + table(
                ["", "wall", "×", "processor", "cores busy", "pages/s", "MB/s", "memory", "×", "index/input", "nothing changed", "1 % changed"], rows)


def corpus_title(bench, name):
    return bench.corpora[name].title if name in bench.corpora else ""


def parts(bench):
    """Of what an index is made."""
    for name in sizes(bench):
        rows, whole = [], {}
        for peer in ("rolecall", "tantivy"):
            if found := first(bench, "ingest", name, peer):
                whole[peer] = found["bytes"]
                by_end = found["by_end"]
                known = [by_end.get(end, 0) for end in ONE_FILE]
                rows.append([peer, megabytes(found["bytes"]), *map(megabytes, known), megabytes(found["bytes"] - sum(known))])
        if len(rows) == 2:
            yield f"### Index of ({name})\n\nrolecall's is {number(whole['rolecall'] / whole['tantivy'])} times plain tantivy's.\n\n" + table(
                ["", "whole", *ONE_FILE.values(), "other"], rows)


def timing(rounds):
    return Spread([share(value["seconds"], 0.5) for value in rounds]), Spread([share(value["seconds"], 0.99) for value in rounds])


def query(bench):
    for name in sizes(bench):
        ours = {facets: timing(bench.steps.rounds("query", name, "rolecall", "", facets)) for facets in (0, 3)}
        rows = []
        for peer in all_peers(bench):
            for row in peer.rows:
                found = {facets: bench.steps.rounds("query", name, peer.name, row, facets) for facets in (0, 3)}
                if not any(found.values()):
                    continue
                line = [f"{peer.title}{', ' if row else ''}{row}"]
                for facets in (0, 3):
                    middle, most = timing(found[facets])
                    line += [middle.said(millis), middle.times(ours[facets][0]), most.said(millis), most.times(ours[facets][1])]
                some = found[0] or found[3]
                rows.append([*line, f"{some[0]['matches']:,.0f} {peer.finds.split()[-1]}", number(some[0]["shown"])])
        if rows:
            yield (
                f"## Queries: ({name})\n\n{bench.settings.questions} questions of one, two and three words, ten hits with snippets; milliseconds.\n\n"
                + table(["", "median", "×", "p99", "×", "3 facets, median", "×", "p99", "×", "matches", "hits"], rows))


def services(bench, name):
    return dict.fromkeys(key[2] for key in bench.steps.results if key[:2] == ("http", name))


def http(bench):
    for name in sizes(bench):
        rows = []
        for row in services(bench, name):
            found = bench.steps.rounds("http", name, row)
            if not found:
                continue
            line = [row]
            for connections in map(str, load.CONNECTIONS):
                at = [by_count(value, connections) for value in found]
                refused = sum(value["refused"] + value["broken"] for value in at)
                line += [spread(at, lambda value: value["per_second"]).said(number) + (f", {refused} refused" if refused else ""),
                         spread(at, lambda value: value["p99"]).said(millis)]
            at = [by_count(value, "16") for value in found]
            rows.append([
                *line, f"{percent(spread(at, lambda value: value['load_cpu']).middle)}, {percent(spread(at, lambda value: value['server_cpu']).middle)}",
                spread(found, lambda value: value["start"]).said(lambda value: f"{value * 1000:.0f} ms"),
                megabytes(spread(found, lambda value: value["memory"]).middle), f"{spread(found, lambda value: value['bytes']).middle / 1000:.1f} KB",
            ])
        if rows:
            asked = bench.steps.rounds("http", name, next(iter(services(bench, name))))
            yield (
                f"## Over HTTP: ({name})\n\n{asked[0]['questions'] if asked else 0:,} distinct questions in turn, by wrk on the same cores. Requests answered a second, "
                "and p99 in milliseconds, at 1, 16 and 64 connections; at 16 the share of all cores that wrk and the server took.\n\n"
                + table(["", "1: /s", "p99", "16: /s", "p99", "64: /s", "p99", "wrk, server", "start", "resident", "an answer"], rows))


def by_count(value, connections):
    """JSON has no numbers as keys."""
    return value["connections"].get(connections) or value["connections"][int(connections)]


def growth(bench):
    rows = []
    for pages in bench.settings.curve:
        found = bench.steps.rounds("growth", pages)
        if not found:
            continue
        wall = spread(found, lambda value: value["wall"])
        slow = {facets: [pair for value in found for pair in value[f"common_{facets}"]] for facets in (0, 3)}
        each = {facets: sum(took for took, _ in pairs) / max(1, sum(matches for _, matches in pairs)) * 1e9 for facets, pairs in slow.items()}
        rows.append([
            f"{pages:,}", wall.said(seconds), f"{wall.middle / pages * 1e6:,.0f} µs", megabytes(spread(found, lambda value: value["memory"]).middle),
            number(found[0]["bytes"] / found[0]["bytes_of"]), f"{found[0]['sections']:,}", spread(found, lambda value: value["start"]).said(millis),
            *(millis(share([took for took, _ in slow[facets]], part)) for facets in (0, 3) for part in (0.5, 0.99)),
            f"{each[0]:.0f} ns", f"{(each[3] - each[0]) / 3:.0f} ns",
        ])
    if rows:
        yield (
            "## Growth\n\nGenerated pages. The questions are the 20 commonest words, by rolecall's own clock, in milliseconds; `each match` is what a matching section "
            "takes without facets, `each facet` what each of three facets adds to it.\n\n"
            + table(["pages", "ingest", "a page", "memory", "index/input", "sections", "start, ms", "median", "p99", "3 facets, median", "p99", "each match", "each facet"], rows))


def aims(bench):
    """The aims of the project, where this run says something of them."""
    import aims as known

    rows = [row for aim in known.ALL if (row := aim(bench))]
    return "## Aims\n\n" + table(["", "aim", "measured", "met"], rows) if rows else ""


def data(bench):
    """Every figure with its rounds."""
    found = []
    keys = dict.fromkeys(key[:-1] for key, step in bench.steps.results.items() if "value" in step and key[0] not in ("prepare", "corpus"))
    for key in keys:
        values, figures = bench.steps.rounds(*key), {}
        for name, value in values[0].items():
            if name == "seconds":
                middle, most = timing(values)
                figures |= {"median": middle.json(), "p99": most.json()}
            elif isinstance(value, (int, float)):
                figures[name] = spread(values, lambda one, name=name: one[name]).json()
            elif name == "connections":
                figures[name] = {count: {
                    figure: spread([by_count(one, str(count)) for one in values], lambda at, figure=figure: at[figure]).json() for figure in by_count(values[0], str(count))
                } for count in value}
            elif name == "by_end":
                figures[name] = value
        found.append({"step": [part for part in key if part != ""], **figures})
    return found

