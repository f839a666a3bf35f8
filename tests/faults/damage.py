"""Files that are not what was written: bits flipped, ends cut off, and backups made to harm."""

import gzip
import hashlib
import json
import tarfile

from place import ERROR, QUESTIONS, Server, must, timeless


def flipped(content, bit):
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << (bit % 8)
    return bytes(changed)


def damages(place, content, count):
    """Ways to damage a file, by name."""
    bits = len(content) * 8
    chance = [place.chance.randrange(bits) for _ in range(count)]
    for bit in {0, bits - 1, *chance}:
        yield f"bit {bit} flipped", flipped(content, bit)
    for length in {0, 1, len(content) // 2, len(content) - 1, place.chance.randrange(len(content))}:
        yield f"cut to {length} bytes", content[:length]
    yield "gone", None


def put(file, content):
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)


def files(place, count):
    # Several segments, with deleted documents in them.
    for version in range(3):
        place.version(version)
        place.done("ingest", str(place.pages))
    wanted = place.answers()
    tried = refused = same = 0
    names = [file for file in sorted(place.index.rglob("*")) if file.is_file() and file.stat().st_size]
    for file in names:
        sound = file.read_bytes()
        for what, content in damages(place, sound, count):
            put(file, content)
            tried += 1
            where = f"{file.name}, {what}"
            question = place.chance.choice(QUESTIONS)
            check = place.begin("check")
            search = place.begin("search", "--json", "--limit", "20", question)
            with Server(place) as server:
                if server.port:
                    must(server.answers() == wanted, f"{where}: the server answers otherwise")
                else:
                    must(server.process.wait() == ERROR, f"{where}: serve exits {server.process.returncode}")
            said, _ = check.communicate()
            must(check.returncode in (1, ERROR), f"{where}: check finds nothing")
            if check.returncode == 1:
                must(file.name in said, f"{where}: check names another file: {said}")
            found, error = search.communicate()
            if search.returncode == 0:
                answer = timeless(json.loads(found))
                must(answer == wanted[QUESTIONS.index(question)], f"{where}: a wrong answer to {question!r}")
                same += 1
            else:
                must(search.returncode == ERROR, f"{where}: search exits {search.returncode}: {error}")
                refused += 1
            ran = place.ingest()
            must(ran.returncode in (0, ERROR), f"{where}: ingest exits {ran.returncode}: {ran.stderr}")
            file.write_bytes(sound)
            must(ran.returncode == ERROR or place.answers() == wanted, f"{where}: ingest changed it")
    place.sound()
    return f"{tried} damages of {len(names)} files: check found all; {refused} refused, {same} answered the same, 0 wrong"


def rebuilt(place, _count):
    place.version(0)
    place.done("ingest", str(place.pages))
    other = place.folder / "more"
    other.mkdir()
    (other / "page.html").write_text("<h1>Another Role</h1><h2>Overview</h2><p>More of it.</p>")
    place.done("ingest", str(other))
    wanted = place.answers()
    backup = str(place.folder / "backup.tar.gz")
    place.done("backup", backup)
    file = next(place.index.glob("documents-*/*.store"))
    with Server(place) as server:
        file_content = file.read_bytes()
        # In the place of the old one: the server's own stays as it was.
        file.unlink()
        file.write_bytes(flipped(file_content, 99))
        place.refused(place.ingest(), file.name, "--rebuild", "restore", "pages (", "more (")
        place.refused(place.ingest("--rebuild"), "would lose more (", "--forget")
        must(server.answers() == wanted, "the server answers otherwise")
        place.done("ingest", "--rebuild", str(place.pages), str(other))
        server.becomes(3)
        must(server.answers() == wanted and place.answers() == wanted, "it is another index")
        place.sound()
        file = next(place.index.glob("documents-*/*.idx"))
        file.unlink()
        place.done("restore", backup)
        server.becomes(4)
        must(server.answers() == wanted and place.answers() == wanted, "it is another index")
        current = place.index / "current"
        current.write_text(current.read_text().replace('"format":', '"format":9'))
        place.refused(place.run("search", "x"), "format 9", "newer rolecall")
        place.refused(place.ingest(), "--rebuild", "pages (", "more (")
        place.done("ingest", "--rebuild", str(place.pages), str(other))
        must(server.becomes(5) < 5 and server.answers() == wanted, "it is another index")
    return "served all the time; sources that would be lost are named; the new one answers the same"


def backups(place, count):
    place.version(0)
    place.done("ingest", str(place.pages))
    wanted = place.answers()
    tried = refused = same = 0
    for name in ("backup.tar", "backup.tar.gz"):
        backup = place.folder / name
        place.done("backup", str(backup))
        sound = backup.read_bytes()
        for what, content in damages(place, sound, count):
            if content is None:
                continue
            backup.write_bytes(content)
            tried += 1
            ran = place.run("restore", str(backup))
            if ran.returncode == 0:
                same += 1
                place.sound()
            else:
                place.refused(ran, name)
                refused += 1
            must(place.answers() == wanted, f"{name}, {what}: it answers otherwise")
    return f"{tried} damages: {refused} refused, {same} where it says nothing (padding, dates), 0 wrong"


def hashes(place):
    return {file: hashlib.sha256(file.read_bytes()).digest() for file in place.index.rglob("*") if file.is_file()}


def hostile(place, _count):
    place.version(0)
    place.done("ingest", str(place.pages))
    wanted, backup = place.answers(), place.folder / "backup.tar"
    place.done("backup", str(backup))
    with tarfile.open(backup) as archive:
        files = [(member.name, archive.extractfile(member).read()) for member in archive.getmembers()]
    manifest = json.loads(files[0][1])
    victim = place.folder / "victim"
    victim.write_text("as it was")

    def member(name, content=b"", kind=tarfile.REGTYPE, link="", size=None):
        """An entry as it stands in a tar, whatever it says of its size."""
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.size = kind, link, len(content) if size is None else size
        return info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512)

    def archive(change=lambda manifest: None, members=None, after=()):
        changed = json.loads(json.dumps(manifest))
        change(changed)
        members = members or [member(*file) for file in files[1:]]
        return b"".join([member(files[0][0], json.dumps(changed).encode()), *members, *after, bytes(1024)])

    first, rest = files[1], files[2:]
    others = [member(*file) for file in rest]

    def rename(manifest, name):
        manifest["files"][1]["name"] = name

    cases = {
        "a path outside": archive(lambda m: rename(m, "../victim"),
                                  [member(*first), member("../victim", rest[0][1]), *others[1:]]),
        "an absolute path": archive(lambda m: rename(m, str(victim)),
                                    [member(*first), member(str(victim), rest[0][1]), *others[1:]]),
        "a symbolic link": archive(members=[member(first[0], kind=tarfile.SYMTYPE, link=str(victim)), *others]),
        "a hard link": archive(members=[member(first[0], kind=tarfile.LNKTYPE, link=str(victim)), *others]),
        "a device": archive(members=[member(first[0], kind=tarfile.CHRTYPE), *others]),
        "a folder": archive(members=[member(first[0], kind=tarfile.DIRTYPE), *others]),
        "a file too many": archive(after=[member("more.store", b"x")]),
        "a file too few": archive(members=[member(*first), *others[:-1]]),
        "a size that lies": archive(members=[member(first[0], first[1], size=1 << 40), *others]),
        "a manifest that lies": archive(lambda m: m["files"][0].update(length=1 << 60)),
        "another hash": archive(lambda m: m["files"][0].update(blake3="0" * 64)),
        "another generation": archive(lambda m: m.update(generation=10**9)),
        "a newer version": archive(lambda m: m.update(version=2)),
        "a newer format": archive(lambda m: m.update(format=999)),
        "an unknown key": archive(lambda m: m.update(more=1)),
        "no manifest": b"".join(others),
        "no tar": b"not a tar at all" * 100,
        "nothing": b"",
    }
    for what, size in (("a bomb", 200 << 20), ("a bomb that lies", 1 << 40)):
        bomb = archive(lambda m: m["files"][0].update(length=size), [member(first[0], bytes(200 << 20), size=size)])
        cases[what] = gzip.compress(bomb)
    before = hashes(place)
    for what, content in cases.items():
        backup.write_bytes(content)
        ran = place.run("restore", str(backup))
        must(ran.returncode == ERROR and "backup.tar" in ran.stderr, f"{what}: exits {ran.returncode}: {ran.stdout}{ran.stderr}")
        must(before == hashes(place) and victim.read_text() == "as it was", f"{what}: something was written")
    must(place.answers() == wanted, "it answers otherwise")
    return f"{len(cases)} refused, nothing was written"
