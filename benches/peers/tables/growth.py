"""rolecall alone, on more and more pages."""

from figures import megabytes, millis, number, seconds, share, table
from . import spread

HEAD = [
    "pages", "ingest", "a page", "memory", "index/input", "sections", "start, ms", "median", "p99", "3 facets, median", "p99",
    "estimated, p99", "a match", "a match and facet",
]
SAID = (
    "Generated pages. The questions are the 20 commonest words, by rolecall's own clock, in milliseconds: without facets, with "
    "three, and with three and totals estimated. `a match` is what a matching section takes without facets, `a match and facet` the "
    "time of an answer with three over its matching sections and facets."
)


def growth(bench):
    rows = [row_of(pages, rounds) for pages in bench.settings.curve if (rounds := bench.steps.rounds("growth", pages))]
    if rows:
        yield f"## Growth\n\n{SAID}\n\n{table(HEAD, rows)}"


def each(pairs):
    """Seconds for a matching section."""
    return sum(took for took, _ in pairs) / max(1, sum(matches for _, matches in pairs))


def row_of(pages, found):
    wall = spread(found, "wall")
    plain, facets, estimated = (
        [pair for value in found for pair in value.get(name, [])] for name in ("common_0", "common_3", "estimated_3")
    )
    at = [millis(share([took for took, _ in pairs], part)) for pairs in (plain, facets) for part in (0.5, 0.99)]
    return [
        f"{pages:,}", wall.said(seconds), f"{wall.middle / pages * 1e6:,.0f} µs", megabytes(spread(found, "memory").middle),
        number(found[0]["bytes"] / found[0]["bytes_of"]), f"{found[0]['sections']:,}", spread(found, "start").said(millis), *at,
        millis(share([took for took, _ in estimated], 0.99)) if estimated else "–",
        f"{each(plain) * 1e9:.0f} ns", f"{each(facets) / 3 * 1e9:.0f} ns",
    ]
