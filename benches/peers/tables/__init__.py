"""The tables of the report, each from the steps of a run: a file each, and here what they share."""

import peers
from figures import Spread, share


def all_peers(bench):
    return peers.load(bench.settings.peers, bench.settings)


def first(bench, *key):
    """What a step came to in the first round that has it."""
    return next(iter(bench.steps.rounds(*key)), None)


def sizes(bench):
    """Pages and bytes of the corpora that were made."""
    return {name: value for name in bench.settings.corpora if (value := first(bench, "corpus", name))}


def spread(values, of):
    """A figure of several rounds, by its name or by a function."""
    return Spread([value[of] if isinstance(of, str) else of(value) for value in values])


def timing(rounds):
    """Median and 99th percentile of questions, over the rounds."""
    return tuple(spread(rounds, lambda value, part=part: share(value["seconds"], part)) for part in (0.5, 0.99))


def by_count(value, connections):
    """What was measured at so many connections; JSON has no numbers as keys."""
    return value["connections"].get(connections) or value["connections"][int(connections)]


def data(bench):
    """Every figure with its rounds."""
    found = {}
    for key, step in bench.steps.results.items():
        if "value" in step and key[0] not in ("prepare", "corpus"):
            found[key[:-1]] = bench.steps.rounds(*key[:-1])
    return [{"step": [part for part in key if part != ""], **figures(rounds)} for key, rounds in found.items()]


def figures(rounds):
    made = {}
    for name, value in rounds[0].items():
        if name == "seconds":
            middle, most = timing(rounds)
            made |= {"median": middle.json(), "p99": most.json()}
        elif name == "connections":
            made[name] = {count: figures([by_count(one, str(count)) for one in rounds]) for count in value}
        elif name == "by_end":
            made[name] = value
        elif isinstance(value, (int, float)):
            made[name] = spread(rounds, name).json()
    return made
