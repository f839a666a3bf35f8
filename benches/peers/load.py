"""A server under load: wrk on the same machine, which takes its share of the processor; so that is said."""

import os
from pathlib import Path

import peers
import web
from measure import Failed, cpu_of, run, status

SCRIPT = Path(__file__).parent / "load.lua"
CONNECTIONS = [1, 16, 64]
CORES = os.cpu_count()


def measure(service, questions, seconds, scratch):
    """Starts a server and asks it on so many connections at a time; its start is measured too."""
    addresses = [web.target(service.target, question) for question in questions]
    starts = sorted(web.first_answer(service.arguments, addresses[0]) for _ in range(3))
    listed = scratch / "addresses.txt"
    listed.write_text("\n".join(addresses) + "\n")
    found = {"start": starts[1], "questions": len(addresses), "connections": {}}
    with web.serving(service.arguments) as server:
        code, body = server.connection().get(addresses[0])
        if code != 200:
            raise Failed(f"{addresses[0]} is answered {code}")
        found["bytes"] = len(body)
        found["memory_before"] = status(server.pid)["resident"]
        load(server, listed, 1, max(1, seconds // 4))  # It warms up.
        for connections in CONNECTIONS:
            found["connections"][connections] = load(server, listed, connections, seconds)
        found["memory"] = status(server.pid)["resident"]
        found["memory_most"] = status(server.pid)["most"]
    return found


def load(server, listed, connections, seconds):
    before = cpu_of(server.pid)
    arguments = ["wrk", "-t", 1, "-c", connections, "-d", f"{seconds}s", "--timeout", "30s", "-s", SCRIPT,
                 f"http://127.0.0.1:{server.port}", "--", listed]
    cost = run(arguments, seconds + 60)
    report = peers.report_of(cost.output[cost.output.index('{"requests"'):])
    answered = report["requests"] - report["refused"]
    return {
        "per_second": answered / report["seconds"], "median": report["median_ms"] / 1000, "p99": report["p99_ms"] / 1000,
        "refused": report["refused"], "broken": report["broken"],
        "load_cpu": cost.cpu / report["seconds"] / CORES, "server_cpu": (cpu_of(server.pid) - before) / report["seconds"] / CORES,
    }
