"""Steps that are kept: a run that was interrupted goes on where it was, and one that fails says why and goes on with the next."""

import json
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass

from measure import Failed


class Steps:
    """The results of a run, in a file that grows by a line for each step."""

    def __init__(self, file, minutes, again):
        self.file, self.end = file, time.monotonic() + minutes * 60
        self.results, self.left_out = {}, []
        self.took = {}
        if file.exists() and not again:
            for line in file.read_text().splitlines():
                step = json.loads(line)
                if "failed" not in step:
                    self.results[tuple(step["key"])] = step
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "w") as kept:
            kept.writelines(json.dumps(step) + "\n" for step in self.results.values())

    def left(self):
        return self.end - time.monotonic()

    def step(self, key, work, timeout):
        """Does a step, unless it was done, with as many seconds as it may take; returns its value or None."""
        if key in self.results:
            return self.results[key].get("value")
        same = key[:-1]
        # What took longer in an earlier round than is left is not begun.
        if self.left() < max(5, self.took.get(same, 0)):
            self.left_out.append(key)
            return None
        said = " ".join(str(part) for part in key if part != "")
        print(f"{said} … ", end="", flush=True, file=sys.stderr)
        start = time.monotonic()
        allowed = min(timeout, self.left())
        try:
            with alarm(allowed + 60):  # What runs has its own limit; this is for what has none.
                value = work(allowed)
            step = {"key": key, "value": plain(value)}
        except Failed as problem:
            if self.left() < 1:
                self.left_out.append(key)
                return print("no time is left", file=sys.stderr)
            step = {"key": key, "failed": str(problem)}
        except Exception as problem:
            traceback.print_exc()
            step = {"key": key, "failed": f"{type(problem).__name__}: {problem}"}
        self.took[same] = time.monotonic() - start
        print(step.get("failed") or f"{self.took[same]:.1f} s", file=sys.stderr)
        self.results[key] = step
        with open(self.file, "a") as kept:
            kept.write(json.dumps(step) + "\n")
        return step.get("value")

    def rounds(self, *key):
        """The values of a step in all rounds; the key ends before the round."""
        return [step["value"] for found, step in sorted(self.results.items(), key=str) if found[:-1] == key and "value" in step]

    def failure(self, *key):
        """Why a step has no value in any round."""
        failed = [step["failed"] for found, step in self.results.items() if found[:-1] == key and "failed" in step]
        return failed[-1] if failed and not self.rounds(*key) else None


@contextmanager
def alarm(seconds):
    def late(*_):
        raise Failed(f"not done after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(int(seconds) + 1)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def plain(value):
    if is_dataclass(value):
        return asdict(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
