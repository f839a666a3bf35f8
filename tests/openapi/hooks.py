"""What the document can say in words alone, as it is about several parameters or about bytes: requests that are to be right
are mended so that they keep to it. Requests that are to be wrong stay as they are."""

import schemathesis

LONGEST = {"/search": 512}


def cut(text, most):
    """A text of at most so many bytes of UTF-8, and of no more than 64 words: signs part words, too."""
    return text.encode("utf-8", "ignore")[:most].decode("utf-8", "ignore")[:127]


def order(given, low, high):
    """A range begins before it ends. In an address numbers are texts."""
    try:
        if float(given[low]) > float(given[high]):
            given[low], given[high] = given[high], given[low]
    except (KeyError, TypeError, ValueError):
        pass


def once(searched):
    """Each facet is searched once, for a text of at most 100 bytes."""
    by_field = {}
    for one in searched:
        field, text = one.split(":", 1)
        by_field[field] = f"{field}:{cut(text, 100)}"
    return list(by_field.values())


def mend(path, given):
    if isinstance(given.get("q"), str):
        given["q"] = cut(given["q"], LONGEST.get(path, 100))
    order(given, "pay_min", "pay_max")
    order(given, "experience_min", "experience_max")
    if isinstance(given.get("facet_query"), list):
        given["facet_query"] = once(given["facet_query"])
    if path == "/gap":
        # One skill at least and a hundred at most, also where commas part them.
        have = [cut(one.replace(",", " "), 512) for one in given.get("have", [])]
        given["have"] = [one for one in have if one.strip()] or ["python"]
        # The role of one page takes nothing else.
        if given.get("page"):
            for name in set(given) - {"have", "page"}:
                del given[name]


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for given in (case.query, case.body):
        if isinstance(given, dict):
            mend(case.operation.path, given)
