"""What a system refuses: room, large files, writing, the lock, the folder itself, the time."""

import fcntl
import functools
import os
import resource
import shutil
import signal
import subprocess

from place import Load, Server, must

SIZE = 48 << 20


def mount(place, *options):
    """A small disk for the index; none where that is not allowed."""
    disk = place.folder.parent / "disk"
    disk.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join([f"size={SIZE}", *options]), "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        return None
    place.index = disk / "index"
    return disk


def on_a_disk(fault):
    """The fault on a small disk that holds an index of the first version."""
    @functools.wraps(fault)
    def tried(place, count):
        disk = mount(place)
        if not disk:
            return "skipped: no disk can be mounted"
        try:
            place.version(0)
            place.done("ingest", str(place.pages))
            return fault(place, count, disk)
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    return tried


@on_a_disk
def full(place, count, disk):
    size = sum(file.stat().st_size for file in place.index.rglob("*"))
    shown, refused, done = 0, 0, 0
    with Server(place) as server, Load(server) as load:
        for version in range(1, count + 1):
            place.version(version)
            free = shutil.disk_usage(disk).free
            left = int(3 * size * (version - 1) / count) // 4096 * 4096
            with open(disk / "ballast", "wb") as ballast:
                os.posix_fallocate(ballast.fileno(), 0, max(free - left, 1))
            ran = place.ingest()
            if ran.returncode == 0:
                shown, done = version, done + 1
            else:
                place.refused(ran, "No space left", str(disk), "make room")
                refused += 1
            place.sound()
            must(place.shows(*range(max(0, version - 3), version + 1), shown) == shown, "another state is shown")
            os.remove(disk / "ballast")
            if ran.returncode != 0 and version % 2:
                place.done("ingest", str(place.pages))
                shown = version
                must(place.shows(version) == version, "the next run needs help")
    must(not load.failed, f"requests failed: {load.failed[:1]}")
    place.done("ingest", str(place.pages))
    return f"{refused} runs refused, {done} found room: each state whole; {load.asked} requests meanwhile, 0 failed"


def file_limit(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    largest = max(file.stat().st_size for file in place.index.rglob("*"))
    refused = killed = done = shown = 0
    for version in range(1, count + 1):
        place.version(version)
        limit = int(1.5 * largest * (version - 1) / count)
        for is_ignored in (True, False):
            def limited():
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN if is_ignored else signal.SIG_DFL)
            ran = place.ingest(preexec_fn=limited)
            if ran.returncode == 0:
                done, shown = done + 1, version
            elif ran.returncode < 0:
                killed += 1
            else:
                place.refused(ran, str(place.index), "ulimit -f")
                refused += 1
            place.sound()
            must(place.shows(*range(shown, version + 1)) == shown, "another state is shown")
    place.done("ingest", str(place.pages))
    must(place.shows(count) == count, "the next run needs help")
    return f"{refused} runs refused, {killed} ended by the signal, {done} small enough: each state whole"


@on_a_disk
def read_only(place, _count, disk):
    place.version(1)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    wanted = place.answers()
    place.sound()
    place.refused(place.ingest(), str(disk), "read only")
    place.done("backup", str(place.folder / "backup.tar"))
    place.refused(place.run("restore", str(place.folder / "backup.tar")), str(disk), "read only")
    place.refused(place.run("backup", str(disk / "backup.tar")), "backup.tar", "read only")
    with Server(place) as server:
        must(server.answers() == wanted, "the server answers otherwise")
    must(place.shows(0, 1) == 0, "another state is shown")
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    place.done("ingest", str(place.pages))
    must(place.shows(0, 1) == 1, "the next run needs help")
    return "searched, served, checked and backed up; ingest and restore refused by name"


def second_writer(place, _count):
    place.version(0)
    place.done("ingest", str(place.pages))
    backup = str(place.folder / "backup.tar")
    place.version(1)
    with open(place.index / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        place.done("backup", backup)
        place.sound()
        for args in (["ingest", str(place.pages)], ["ingest", "--rebuild", str(place.pages)], ["restore", backup],
                     ["remove", "pages"]):
            place.refused(place.run(*args), "is being written by another")
        must(place.shows(0, 1) == 0, "another state is shown")
    place.done("ingest", str(place.pages))
    must(place.shows(0, 1) == 1, "the next run needs help")
    return "ingest, rebuild, restore and remove refused; backup and check are not disturbed"


def vanished(place, _count):
    place.version(0)
    place.done("ingest", str(place.pages))
    wanted = place.answers()
    with Server(place) as server, Load(server) as load:
        place.index.rename(place.folder / "away")
        place.refused(place.run("check"), "there is no index")
        must(server.answers() == wanted, "the server answers otherwise")
        shutil.rmtree(place.folder / "away")
        must(server.answers() == wanted, "the server answers otherwise")
        place.version(1)
        for _ in range(2):
            place.done("ingest", str(place.pages))
        server.becomes(1)
        must(place.shows(0, 1) == 1, "the next run needs help")
        server_shows = [answer["total"]["pages"] for answer in server.answers()]
        must(server_shows == [answer["total"]["pages"] for answer in place.answers()], "the server answers otherwise")
    must(not load.failed, f"requests failed: {load.failed[:1]}")
    return f"{load.asked} requests, 0 failed; the next ingest is served"


def current_lost(place, _count):
    place.version(0)
    place.done("ingest", str(place.pages))
    wanted = place.answers()
    with Server(place) as server, Load(server) as load:
        os.remove(place.index / "current")
        for args in (["search", "x"], ["check"], ["backup", str(place.folder / "backup.tar")]):
            place.refused(place.run(*args), "`current`", "rolecall ingest")
        must(server.answers() == wanted, "the server answers otherwise")
        place.version(1)
        place.done("ingest", str(place.pages))
        must(place.shows(0, 1) == 1, "the next run needs help")
        server.becomes(2)
        # Lost together with what it named: nothing is swept away.
        os.remove(place.index / "current")
        segment = next(file for file in place.index.glob("documents-*/meta.json"))
        content = segment.read_bytes()
        segment.write_bytes(content[: len(content) // 2])
        place.refused(place.ingest(), "`current` is missing", "--rebuild")
        segment.write_bytes(content)
        place.done("ingest", str(place.pages))
        must(place.shows(0, 1) == 1, "an index was lost")
    must(not load.failed, f"requests failed: {load.failed[:1]}")
    return f"{load.asked} requests, 0 failed; found again by the next ingest, and never swept away"


def clocks(place, _count):
    if not shutil.which("faketime"):
        return "skipped: there is no faketime (libfaketime)"
    place.version(0)
    place.done("ingest", str(place.pages))
    with Server(place) as server:
        for version, time in enumerate(["-10y", "+10y", "@1970-01-02 00:00:00", "+0 x100", "-1d"], 1):
            # The clock that only goes on is left as it is: a system's own jumps do not touch it either.
            fake = ["faketime", "--exclude-monotonic", "-f", time]
            place.version(version)
            place.done("ingest", str(place.pages), before=fake)
            place.sound()
            must(place.shows(version - 1, version) == version, f"clock {time}: not there")
            server.becomes(version + 1)
            with Server(place, before=fake) as other:
                must(other.answers() == server.answers(), f"clock {time}: the server answers otherwise")
                place.done("backup", str(place.folder / "backup.tar"), "--force", before=fake)
    place.done("restore", str(place.folder / "backup.tar"))
    place.sound()
    return "5 clocks (ten years off, 1970, a hundred times as fast): every run there and served within a second"
