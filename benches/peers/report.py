"""What a run came to, as Markdown and JSON.

The report's own part of the file stands between two marks; what people write around it stays."""

import datetime
import json
import os
import platform
import subprocess
from pathlib import Path

import aims
import load
import peers
import tables
from tables import answers, growth, ingest

BEGIN, END = "<!-- measured: benches/peers/run writes this part -->", "<!-- /measured -->"
HEAD = """# Speed, memory and size

rolecall beside what people would use instead, measured by `benches/peers/run` (benches/peers/README.md says how).
"""

BUSY = ": **others used the machine, so take ratios, and those of processor time before those of wall time.**"


def write(bench):
    """Writes the report as far as it is."""
    settings = bench.settings
    text = settings.output.read_text() if settings.output.exists() else f"{HEAD}\n{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    settings.output.parent.mkdir(parents=True, exist_ok=True)
    settings.output.write_text(f"{before}{BEGIN}\n\n{markdown(bench)}\n\n{END}{after}")
    settings.results.write_text(json.dumps(data(bench), indent=1, ensure_ascii=False) + "\n")


def machine():
    info = Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in info.splitlines() if line.startswith("model name")), platform.machine()
    )
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{load.CORES} cores ({model}), {memory:.0f} GiB, {platform.system()} {platform.release().split('-')[0]}"


def commit(root):
    """With a mark where something differs from it that is not the report itself."""
    def said(*arguments):
        return subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True).stdout.strip()

    try:
        others = [":!docs/benchmarks.md", ":!benches/peers/results.json"]
        changed = said("status", "--porcelain", "--untracked-files=no", "--", ".", *others)
        return (said("describe", "--always") or "unknown") + ("-dirty" if changed else "")
    except OSError:
        return "unknown"


def facts(bench):
    settings = bench.settings
    versions = {peer: step["value"] for (what, peer, _), step in by(bench, "prepare") if "value" in step and what}
    program = settings.run.name.split("-")[0]
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d"),
        "machine": machine(),
        "load_before": bench.busy,
        "commit": commit(settings.root),
        "program": program,
        "quick": settings.quick,
        "versions": versions,
    }


def by(bench, what):
    return [(key, step) for key, step in bench.steps.results.items() if key[0] == what]


def markdown(bench):
    said = facts(bench)
    versions = ", ".join(
        f"{peers.load([peer], bench.settings)[0].title} {version.split()[-1]}" for peer, version in said["versions"].items()
    )
    parts = [
        f"{said['date']}, commit {said['commit']}, program {said['program']}; {said['machine']}, "
        f"load {said['load_before']:.1f} before it began{BUSY if said['load_before'] > 0.5 else '.'}",
        f"{versions}.",
        "Medians of the rounds, with the least and the most in parentheses; × is how many times rolecall's figure a figure is.",
        *([] if not said["quick"] else ["**A quick run, on less of everything: good to see that it works, and no more.**"]),
        aims.aims(bench), *ingest.ingest(bench), *ingest.parts(bench), *answers.query(bench), *answers.http(bench),
        *growth.growth(bench),
        "## Notes\n\n" + "\n".join(f"- {peer.title}: {peer.note}" for peer in bench.peers if peer.note),
        missing(bench),
    ]
    return "\n\n".join(part for part in parts if part)


def missing(bench):
    """What is not in the tables, and why."""
    lines = [f"{', '.join(peers.LEFT_OUT)}: no package registry ships them."]
    for key, step in bench.steps.results.items():
        if "failed" in step:
            lines.append(f"{' '.join(str(part) for part in key[:-1] if part != '')}, round {key[-1]}: {step['failed']}")
    if bench.steps.left_out:
        named = sorted({" ".join(str(part) for part in key[:3] if part != "") for key in bench.steps.left_out})
        lines.append(f"No time was left in some round for: {', '.join(named)}.")
    return "## Left out or failed\n\n" + "\n".join(f"- {line}" for line in lines)


def data(bench):
    return {
        **facts(bench),
        "corpora": {key[1]: step.get("value") for key, step in by(bench, "corpus")},
        "figures": tables.data(bench),
        "failed": [
            {"step": key, "reason": step["failed"]} for key, step in bench.steps.results.items() if "failed" in step
        ],
        "left_out": sorted({" ".join(str(part) for part in key) for key in bench.steps.left_out}),
    }
