"""Processes that are killed, and ones that go on side by side."""

import shutil
import subprocess
import time

from place import PAGES, Load, Server, must


def spawn(place, *args):
    return subprocess.Popen(place.command(*args), cwd=place.folder, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def killed(place, duration, *args, begin=0):
    """Starts it and kills it at a moment by chance, a share of its time having passed; its exit code, which is none's own if it was killed."""
    child = spawn(place, *args)
    time.sleep(duration * (begin + (1 - begin) * place.chance.random()))
    child.kill()
    return child.wait()


def took(call):
    start = time.monotonic()
    call()
    return time.monotonic() - start


def ingests(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    with Server(place) as server, Load(server, whole=("", "glonfrip")) as load:
        says = ingests_under_load(place, count)
    must(not load.failed, f"{len(load.failed)} requests failed, or showed a mix: {load.failed[:3]}")
    folders = [name for name in place.index.iterdir() if name.name.startswith("documents-")]
    must(len(folders) == 1, f"{len(folders)} folders of documents are left")
    return f"{says}; {load.asked} requests to a server meanwhile, none failed or showed a mix"


def ingests_under_load(place, count):
    place.version(1)
    duration = took(lambda: place.done("ingest", str(place.pages)))
    shown, version, kills, acknowledged, kept, became = 1, 1, 0, 0, 0, 0
    while kills < count:
        version += 1
        place.version(version)
        # Every second one when it is nearly done: there the new state takes the place of the old one.
        code = killed(place, 1.1 * duration, "ingest", str(place.pages), begin=.7 * (version % 2))
        kills += code < 0
        place.sound()
        now = place.shows(shown, version)
        if code == 0:
            acknowledged += 1
            must(now == version, f"version {version} was acknowledged and is not there")
        kept += now == shown
        became += now == version
        shown = now
        if place.chance.random() < .2:
            duration = .5 * duration + .5 * took(lambda: place.done("ingest", str(place.pages)))
            must(place.shows(version) == version, "the next run needs help")
            place.sound()
            shown = version
    return f"{kills} killed: {kept} left the old state, {became} the new one, 0 a mix; {acknowledged} were done before and are all there"


def first_ingests(place, count):
    place.version(0)
    duration = took(lambda: place.done("ingest", str(place.pages)))
    none = whole = kills = 0
    for _ in range(count):
        shutil.rmtree(place.index)
        for _ in range(2):
            kills += killed(place, duration, "ingest", str(place.pages)) < 0
        if (place.index / "current").exists():
            place.sound()
            place.shows(0)
            whole += 1
        else:
            place.refused(place.run("search", "x"), "there is no index")
            place.refused(place.run("check"), "there is no index")
            none += 1
        place.done("ingest", str(place.pages))
        must(place.shows(0) == 0, "the next run needs help")
        place.sound()
    return f"{kills} killed, two at a time: {none} left no index, {whole} a whole one"


def servers(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    wanted, asked = place.answers(), 0
    for _ in range(count):
        with Server(place) as server, Load(server) as load:
            time.sleep(.5 * place.chance.random())
            load.is_over = True
            server.process.kill()
            server.process.wait()
        asked += load.asked
        with Server(place) as server:
            must(server.answers() == wanted, "another server answers otherwise")
    place.sound()
    return f"{count} killed after {asked} answers: the next one answered the same"


def restores(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    backup = str(place.folder / "backup.tar.gz")
    place.done("backup", backup)
    place.version(1)
    place.done("ingest", str(place.pages))
    duration = took(lambda: place.done("restore", backup))
    shown, kept, became, kills = 0, 0, 0, 0
    while kills < count:
        if shown == 0:
            place.done("ingest", str(place.pages))
            shown = 1
        code = killed(place, 1.1 * duration, "restore", backup)
        place.sound()
        now = place.shows(0, 1)
        must(code != 0 or now == 0, "what was restored is not there")
        if code < 0:
            kills, kept, became = kills + 1, kept + (now == 1), became + (now == 0)
        shown = now
    place.done("ingest", str(place.pages))
    must(place.shows(0, 1) == 1, "the next run needs help")
    return f"{kills} killed: {kept} left the old state, {became} the backup's, 0 a mix"


def backups(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    file, other, seen = place.folder / "backup.tar", place.folder / "other", set()
    for version in range(1, count + 1):
        place.version(version)
        runs = spawn(place, "ingest", str(place.pages))
        time.sleep(.3 * place.chance.random())
        place.done("backup", str(file), "--force")
        place.sound()
        must(runs.wait() == 0, "the run failed beside a backup")
        must(place.shows(version) == version, "the run is not there")
        place.done("restore", str(file), index=other)
        place.sound(index=other)
        seen.add(place.shows(version - 1, version, index=other) == version)
    return f"{count} backups beside a run: each holds the state before or after it, whole"


def restore_live(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    wanted = place.answers()
    backup, slowest = str(place.folder / "backup.tar"), 0
    place.done("backup", backup)
    place.version(1)
    place.done("ingest", str(place.pages))
    generation = 2
    with Server(place) as server, Load(server) as load:
        for _ in range(count):
            place.done("restore", backup)
            generation += 1
            slowest = max(slowest, server.becomes(generation))
            must(server.answers() == wanted, "it does not answer as the backup does")
            place.done("ingest", str(place.pages))
            generation += 1
            slowest = max(slowest, server.becomes(generation))
    must(not load.failed, f"{len(load.failed)} requests failed: {load.failed[:1]}")
    return f"{count} restored: {load.asked} requests meanwhile, 0 failed; answered from within {slowest:.2f} s"
