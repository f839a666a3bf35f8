"""What every fault is tried on: folders of pages that change, the program, a server and what it answers."""

import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request

QUESTIONS = ["", "glonfrip", "glonfrip python", "engineer -python", "version0", "version1", "\"years of patience\"", "salary"]
SKILLS = ["Python", "SQL", "Kubernetes", "Rust", "Java", "Go", "Terraform", "Leadership"]
PAGES = 160
ERROR = 3


class Failed(Exception):
    """The index did not do what it must."""


def must(is_so, what):
    if not is_so:
        raise Failed(what)


class Place:
    """A folder with pages in versions, and an index."""

    def __init__(self, program, folder, seed):
        self.program, self.folder, self.chance = program, pathlib.Path(folder), random.Random(seed)
        self.index, self.pages = self.folder / "index", self.folder / "pages"
        self.folder.mkdir(parents=True, exist_ok=True)

    def version(self, number, pages=PAGES):
        """Makes the folder that of a version: half of its pages were in the one before too, with another text."""
        shutil.rmtree(self.pages, ignore_errors=True)
        self.pages.mkdir()
        for page in range(number * pages // 2, pages + number * pages // 2):
            skill = SKILLS[page % len(SKILLS)]
            (self.pages / f"{page}.html").write_text(
                f"<!doctype html><html lang=en><title>Role{page} Engineer</title><main><h1>Role{page} Engineer</h1>"
                f"<h2>Requirements</h2><p>version{number} wants glonfrip, {skill} and {page} years of patience.</p>"
                f"<h2>Overview</h2><p>{'Some words about the work go on for a while. ' * 20}</p>"
                f"<h2>Salary</h2><p>USD {50000 + page} a year.</p></main></html>")

    def command(self, *args, index=None):
        return [self.program, *args, "--index", str(index or self.index), "--log", "error"]

    def run(self, *args, index=None, before=(), **more):
        """Runs it to its end."""
        command = [*before, *self.command(*args, index=index)]
        return subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **more)

    def begin(self, *args):
        """Starts it."""
        return subprocess.Popen(self.command(*args), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                cwd=self.folder)

    def ingest(self, *args, **more):
        return self.run("ingest", str(self.pages), *args, **more)

    def done(self, *args, **more):
        ran = self.run(*args, **more)
        must(ran.returncode == 0, f"{args[0]} exits {ran.returncode}: {ran.stderr or ran.stdout}")
        return ran.stdout

    def refused(self, ran, *says):
        """It ended with exit code 3 and a message that has all of these."""
        must(ran.returncode == ERROR, f"exits {ran.returncode}, not {ERROR}: {ran.stderr}{ran.stdout[:200]}")
        for part in says:
            must(part in ran.stderr, f"{part!r} is missing in {ran.stderr!r}")

    def sound(self, **more):
        ran = self.run("check", **more)
        must(ran.returncode == 0, f"check: {ran.stdout}{ran.stderr}")

    def pages_of(self, version, index=None):
        answer = json.loads(self.done("search", "--json", "--limit", "1", f'"version{version}"', index=index))
        return answer["total"]["pages"]

    def shows(self, *versions, index=None):
        """Which of these versions the index shows: all of its pages, and no others."""
        everything = json.loads(self.done("search", "--json", "--limit", "1", "", index=index))["total"]["pages"]
        found = {version: self.pages_of(version, index) for version in versions}
        whole = [version for version, pages in found.items() if pages]
        must(everything == PAGES and len(whole) == 1 and found[whole[0]] == PAGES,
             f"a mix is shown: {everything} pages, by version {found}")
        return whole[0]

    def answers(self, index=None):
        """What `search` says to every question, apart from time and generation."""
        return [timeless(json.loads(self.done("search", "--json", "--limit", "20", question, index=index)))
                for question in QUESTIONS]


def timeless(answer):
    return {key: value for key, value in answer.items() if key not in ("took_ms", "generation")}


class Server:
    """`rolecall serve` on a port of its own choice."""

    def __init__(self, place, before=(), index=None):
        command = [*before, *place.command("serve", "--listen", "127.0.0.1:0", index=index)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=place.folder,
                                        start_new_session=True)
        self.said, self.port = "", None
        for line in self.process.stderr:
            self.said += line
            if "http://127.0.0.1:" in line:
                self.port = int(line.rsplit(":", 1)[1].split("/")[0])
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # All of it: a program that changes the clock starts another.
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return json.loads(answer.read())

    def ask(self, question):
        return self.get(f"/search?limit=20&q={urllib.parse.quote(question)}")

    def answers(self):
        return [timeless(self.ask(question)) for question in QUESTIONS]

    def becomes(self, generation, within=5):
        """How long it takes until it answers from this generation."""
        start = time.monotonic()
        while self.ask("")["generation"] != generation:
            must(time.monotonic() - start < within, f"the server does not come to generation {generation}")
            time.sleep(.01)
        return time.monotonic() - start


class Load:
    """Clients that ask a server until they are told to stop; what failed of it. To the questions `whole` all pages are the answer."""

    def __init__(self, server, clients=2, whole=()):
        self.server, self.whole, self.asked, self.failed, self.is_over = server, whole, 0, [], False
        self.threads = [threading.Thread(target=self.ask, args=(number,)) for number in range(clients)]

    def ask(self, number):
        while not self.is_over:
            try:
                question = QUESTIONS[(self.asked + number) % len(QUESTIONS)]
                pages = self.server.ask(question)["total"]["pages"]
                self.asked += 1
                if question in self.whole and pages != PAGES:
                    self.failed.append(f"{pages} pages of {PAGES} for {question!r}")
            except Exception as error:  # whatever a client may see
                self.failed.append(repr(error))
                time.sleep(.01)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over = True
        for thread in self.threads:
            thread.join()
