"""Numbers as people read them, and what several rounds come to."""

from statistics import median


def share(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, round((len(values) - 1) * part))]


class Spread:
    """The median of some rounds, with the least and the most."""

    def __init__(self, values):
        self.values = [value for value in values if value is not None]

    def __bool__(self):
        return bool(self.values)

    @property
    def middle(self):
        return median(self.values)

    def said(self, shown):
        if not self:
            return "–"
        middle = shown(self.middle)
        least, most = shown(min(self.values)), shown(max(self.values))
        return middle if least == most else f"{middle} ({least}–{most})"

    def times(self, other):
        """How many times the other this is."""
        if not self or not other or not other.middle:
            return "–"
        return number(self.middle / other.middle)

    def json(self):
        if not self:
            return None
        return {"median": self.middle, "least": min(self.values), "most": max(self.values), "rounds": len(self.values)}


def number(value):
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def seconds(value):
    return f"{number(value)} s"


def millis(value):
    return number(value * 1000)


def megabytes(value):
    return f"{value / 1e6:,.0f} MB" if value >= 1e7 else f"{value / 1e6:.1f} MB"


def percent(value):
    return f"{value * 100:.0f} %"


def table(head, rows):
    """Markdown; figures stand to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])
