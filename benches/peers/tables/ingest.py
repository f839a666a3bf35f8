"""Reading a corpus, and the index that comes of it."""

import load
from figures import megabytes, number, percent, seconds, table
from . import all_peers, first, sizes, spread

HEAD = [
    "", "wall", "×", "processor", "cores busy", "pages/s", "MB/s", "memory", "×", "index/input", "nothing changed", "1 % changed",
]
PARTS = {
    ".store": "stored text", ".pos": "positions", ".idx": "postings", ".term": "terms", ".fast": "fast fields",
    ".fieldnorm": "lengths",
}


def ingest(bench):
    for name, size in sizes(bench).items():
        rows = [row for peer in all_peers(bench) if (row := row_of(bench, name, size, peer))]
        if rows:
            title = bench.corpora[name].title if name in bench.corpora else ""
            yield f"## Ingest: ({name}) {title}\n\n{size[0]:,} pages, {megabytes(size[1])}.\n\n{table(HEAD, rows)}"


def row_of(bench, name, size, peer):
    found, again = (bench.steps.rounds(what, name, peer.name) for what in ("ingest", "again"))
    if not found:
        return None
    pages, total = size
    ours = bench.steps.rounds("ingest", name, "rolecall")
    wall, cpu, memory = (spread(found, of) for of in ("wall", "cpu", "memory"))
    return [
        peer.title + ("" if peer.reads == "pages" else ", text only"),
        wall.said(seconds), wall.times(spread(ours, "wall")), cpu.said(seconds),
        percent(spread(found, lambda value: value["cpu"] / value["wall"] / load.CORES).middle),
        f"{pages / wall.middle:,.0f}", number(total / 1e6 / wall.middle),
        megabytes(memory.middle), memory.times(spread(ours, "memory")),
        number(spread(found, "bytes").middle / total),
        spread(again, "same").said(seconds), spread(again, "changed").said(seconds),
    ]


def parts(bench):
    """What rolecall's index is made of, beside plain tantivy's of the same sections."""
    for name in sizes(bench):
        found = {peer: value for peer in ("rolecall", "tantivy") if (value := first(bench, "ingest", name, peer))}
        if len(found) < 2:
            continue
        rows = []
        for peer, value in found.items():
            known = [value["by_end"].get(end, 0) for end in PARTS]
            rows.append([peer, *map(megabytes, [value["bytes"], *known, value["bytes"] - sum(known)])])
        times = number(found["rolecall"]["bytes"] / found["tantivy"]["bytes"])
        said = f"### Index of ({name})\n\nrolecall's is {times} times plain tantivy's of the same sections.\n\n"
        yield said + table(["", "whole", *PARTS.values(), "other"], rows)
