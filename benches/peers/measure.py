"""What a program costs: time, processor, memory, bytes on disk."""

import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


class Failed(Exception):
    """A step that could not be done, with the reason that the report gives."""


@dataclass
class Cost:
    """Of one run, its children included. `memory` is the most that one process of it had resident; what this process has is
    its least, as the system counts from before the program is loaded."""

    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    output: str = ""

    def then(self, other):
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory), other.output)


def run(arguments, timeout, folder=None, environment=None, said=None, ok=(0,)):
    """Runs a program to its end. What it prints is in `output`, what it complains of in the file `said` or in the failure."""
    complaints = open(said, "w+b") if said else open(os.devnull, "r+b")
    with complaints:
        start = time.monotonic()
        child = subprocess.Popen(
            [str(argument) for argument in arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=complaints if said else subprocess.PIPE,
            cwd=folder, env={**os.environ, **(environment or {})}, start_new_session=True,
        )
        late = threading.Event()
        watch = threading.Timer(timeout, lambda: (late.set(), os.killpg(child.pid, signal.SIGKILL)))
        watch.start()
        errors = bytearray()
        reader = None if said else threading.Thread(target=lambda: errors.extend(child.stderr.read()[-4000:]))
        if reader:
            reader.start()
        try:
            output = child.stdout.read()
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            # Else it would be waited for until its time is over.
            watch.cancel()
            stop(child)
            raise
        wall = time.monotonic() - start
        watch.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        child.stdout.close()
        if reader:
            reader.join(1)
        else:
            complaints.seek(0)
            errors.extend(complaints.read()[-4000:])
    if late.is_set():
        raise Failed(f"not done after {timeout:.0f} s")
    if child.returncode not in ok:
        last = (bytes(errors) or output).decode(errors="replace").strip().splitlines()
        raise Failed(f"exit code {child.returncode}: {last[-1][:300] if last else 'nothing said'}")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(wall, cpu, usage.ru_maxrss * 1024, output.decode(errors="replace"))


def stop(child):
    """Ends a program that we started, with its children."""
    for which in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, which)
        except ProcessLookupError:
            return
        for _ in range(50):
            try:
                if child.poll() is not None:
                    return
            except ChildProcessError:
                return
            time.sleep(0.1)


def bytes_of(folder):
    """How many bytes the files of a folder have, altogether and by how their names end."""
    total, by_end = 0, {}
    for place, _, names in os.walk(folder):
        for name in names:
            size = os.lstat(os.path.join(place, name)).st_size
            total += size
            end = Path(name).suffix
            by_end[end] = by_end.get(end, 0) + size
    return total, by_end


def status(pid):
    """Memory of a running process: resident now, and the most so far."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return {name: int(fields[field].split()[0]) * 1024 for name, field in (("resident", "VmRSS"), ("most", "VmHWM"))}


def cpu_of(pid):
    """Seconds of processor that a running process took, with the children it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return sum(int(fields[at]) for at in (11, 12, 13, 14)) / os.sysconf("SC_CLK_TCK")
