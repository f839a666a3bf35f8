"""The sections that rolecall reads, as text, for peers that read no HTML: so all have the same, and the same facets.

A line a section, parted by tabs: page, role, section, skills parted by commas, title, heading, text."""

import json
import multiprocessing
import os

import peers.rolecall
import web
from measure import Failed

TAKEN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
CONTROLS = {code: " " for code in (*range(32), 127)}


def write(settings, corpus, index, target):
    """Asks a server over the index for every page of the corpus."""
    paths = [path.removeprefix(f"{corpus.folder}/") for path in corpus.files()]
    part = target.with_suffix(".part")
    with web.serving(peers.rolecall.Peer(settings).serve(index)) as server, open(part, "w", encoding="utf-8") as out:
        chunks = [(server.port, corpus.folder.name, paths[at:at + 200]) for at in range(0, len(paths), 200)]
        with multiprocessing.Pool(2) as pool:
            found = 0
            for lines in pool.imap(read, chunks):
                found += lines.count("\n")
                out.write(lines)
            pool.close()
            pool.join()
    if not found:
        raise Failed("no page was found under its id")
    os.replace(part, target)


def page_id(source, path):
    """As docs/http-api.md has it."""
    def escaped(text):
        plain = {"/": "~", "_": "__"}
        return "".join(
            letter if letter in TAKEN else plain.get(letter) or "".join(f"_{byte:02x}" for byte in letter.encode())
            for letter in text
        )

    return f"{escaped(source)}~{escaped(path)}"


def read(chunk):
    port, source, paths = chunk
    connection, lines = web.Connection(port), []
    for path in paths:
        status, body = connection.get(f"/pages/{page_id(source, path)}")
        if status == 200:  # Others ask to be left out, or could not be read.
            lines += of_page(json.loads(body))
    return "".join(lines)


def of_page(page):
    role = page["role"]["id"] if page["role"] else ""
    for section in page["sections"]:
        headings = [section["heading"] or "", *(sub["text"] if isinstance(sub, dict) else sub for sub in section["subheadings"])]
        columns = [
            page["id"], role, section["section"]["id"], ",".join(skill["id"] for skill in section["skills"]),
            page["title"], " ".join(headings), " ".join(block["text"] for block in section["blocks"] if not block.get("boilerplate")),
        ]
        yield "\t".join(flat(column) for column in columns) + "\n"


def flat(text):
    """On one line, and without what some peers take for more than text."""
    return " ".join(text.translate(CONTROLS).split())
