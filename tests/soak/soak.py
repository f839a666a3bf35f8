"""A server under a steady load, first while nothing changes and then while its pages change all the time: whether anything is answered
wrongly, how long answers take, and what of memory, files and disk grows."""

import http.client
import json
import pathlib
import re
import statistics
import subprocess
import sys
import threading
import time

from pages import Pages

PROGRAM, LOAD, FOLDER, SECONDS, SAMPLES = sys.argv[1:4] + [float(sys.argv[4]), sys.argv[5]]
CLIENTS = 32
# Of what the server can take, which is measured first.
SHARE = 0.5
# Between two changes of the folder.
PAUSE = 0.1
# A change is read within five seconds where something always changes, and answered from within another; the rest is the run.
LATEST = 20
# The p99 under the soak over the quiet one.
SLOWER = 3
# How much more memory may be resident at the end than at the beginning, once it is warm, by the line through all that was measured.
GROWTH = 0.1
failed = []


class Server:
    """`rolecall serve --watch` on a port of its own choice."""

    def __init__(self, index, pages):
        command = [PROGRAM, "serve", "--index", index, "--watch", pages, "--listen", "127.0.0.1:0", "--log", "warn"]
        # Every answer is worked out: few questions are asked, and again and again.
        command += ["--result-cache", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.said, listens = [], threading.Event()
        threading.Thread(target=self.listen, args=[listens], daemon=True).start()
        if not listens.wait(60):
            sys.exit(f"FAILED: it does not listen: {self.said}")

    def listen(self, listens):
        """Keeps what it warns of."""
        for line in self.process.stderr:
            if "http://127.0.0.1:" in line:
                self.port = int(line.rsplit(":", 1)[1].split("/")[0])
                listens.set()
            else:
                self.said.append(line.rstrip())

    def get(self, path):
        """What is answered, after refusals."""
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read().decode()
            finally:
                connection.close()
            if answer.status != 503:
                return answer.status, body
            time.sleep(0.05)

    def finds(self, word):
        """How many pages have a word."""
        status, body = self.get(f"/search?q={word}")
        return json.loads(body)["total"]["pages"] if status == 200 else f"status {status}"

    def metrics(self):
        """By name and labels."""
        lines = [line.rsplit(" ", 1) for line in self.get("/metrics")[1].splitlines() if not line.startswith("#")]
        return {name.removeprefix("rolecall_"): float(value) for name, value in lines}

    def memory(self):
        """MiB that are resident: all, anonymous, and of files."""
        with open(f"/proc/{self.process.pid}/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return [int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon", "RssFile")]

    def holds(self):
        """Open files, threads, and files that are mapped although they are removed."""
        of = pathlib.Path(f"/proc/{self.process.pid}")
        removed = {line.split()[5] for line in (of / "maps").read_text().splitlines() if line.endswith("(deleted)")}
        return len(list((of / "fd").iterdir())), len(list((of / "task").iterdir())), len(removed)


def load(server, rate, seconds, connections=CLIENTS):
    """What so many clients see that ask so often a second together, or as often as they are answered (0)."""
    arguments = [str(part) for part in (server.port, connections, rate, seconds)]
    done = subprocess.run([LOAD, *arguments], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def fail(what):
    failed.append(what)
    print(f"FAILED: {what}", flush=True)


def guarded(work):
    """A thread that fails the soak where it cannot go on."""

    def run():
        try:
            work()
        except Exception as error:  # noqa: BLE001
            fail(f"{work.__name__}: {error!r}")

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


class Soak:
    """Changes pages, looks whether the changes are answered from, and measures, each in a thread of its own."""

    def __init__(self, server, pages):
        self.server, self.pages, self.lock, self.over = server, pages, threading.Lock(), threading.Event()
        self.begin, self.memory, self.waits, self.checked = time.monotonic(), [], [], 0
        self.threads = [guarded(self.change), guarded(self.look), guarded(self.measure)]

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def change(self):
        while not self.over.wait(PAUSE):
            with self.lock:
                self.pages.step()

    def look(self):
        """A page that comes, changes and goes: found by what it says, and by nothing that it said."""
        while not self.over.wait(1):
            with self.lock:
                path, first = self.pages.add()
                # Nobody else changes it.
                del self.pages.words[path]
            self.becomes({first: 1}, "a page that was added")
            with self.lock:
                second = self.pages.change(path)
                del self.pages.words[path]
            self.becomes({first: 0, second: 1}, "a page that was changed")
            with self.lock:
                self.pages.words[path] = second
                self.pages.remove(path)
            self.becomes({second: 0}, "a page that was removed")

    def becomes(self, wanted, what):
        begin = time.monotonic()
        while (found := {word: self.server.finds(word) for word in wanted}) != wanted:
            if time.monotonic() - begin > LATEST:
                fail(f"{what}: pages found {found}, not {wanted}, after {LATEST} s")
                return
            time.sleep(0.2)
        self.waits.append(time.monotonic() - begin)
        self.checked += 1

    def measure(self):
        while True:
            self.memory.append((time.monotonic() - self.begin, *self.server.memory()))
            if self.over.wait(min(10, SECONDS / 20)):
                return


def flat(soak):
    """The growth of memory after the first third: until then caches fill."""
    warm = [sample for sample in soak.memory if sample[0] >= soak.memory[-1][0] / 3]
    times, resident = [sample[0] for sample in warm], [sample[1] for sample in warm]
    slope = statistics.linear_regression(times, resident).slope
    grown = slope * (times[-1] - times[0])
    print("resident MiB (anonymous + of files), by second: "
          + ", ".join(f"{at:.0f}: {all:.0f} ({own:.0f} + {files:.0f})" for at, all, own, files in soak.memory))
    print(f"resident once warm, from second {times[0]:.0f} on: {min(resident):.0f} to {max(resident):.0f} MiB, "
          f"{slope * 60:+.2f} MiB a minute, {grown / statistics.mean(resident):+.1%} in all")
    if grown > GROWTH * statistics.mean(resident):
        fail("memory grows")


def settles(server, pages):
    """Once nothing changes any more, the index is that of the folder."""
    end = time.monotonic() + LATEST
    while (counted := server.metrics()["index_pages"]) != len(pages.words) and time.monotonic() < end:
        time.sleep(0.2)
    # A change of a page does not change their number.
    time.sleep(7)
    wrong = [(path.name, found) for path, word in pages.words.items() if (found := server.finds(word)) != 1]
    print(f"at the end: {len(pages.words)} files, {counted:.0f} pages in the index, {len(pages.words) - len(wrong)} found by what they say")
    if counted != len(pages.words) or wrong:
        fail(f"the index is not that of the folder: {wrong[:5]}")


def disk(index, pages):
    """What the index takes, beside one that is built anew."""
    folders = [folder for folder in pathlib.Path(index).iterdir() if folder.is_dir()]
    files = [file for file in pathlib.Path(index).rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    new = f"{FOLDER}/new"
    ingest(new, pages)
    fresh = sum(file.stat().st_size for file in pathlib.Path(new).rglob("*") if file.is_file())
    print(f"the index has {len(folders)} folder of documents with {len(files)} files, {size / 2**20:.1f} MiB; built anew {fresh / 2**20:.1f}")
    if len(folders) != 1 or size > 2 * fresh:
        fail("what was replaced stays on disk")
    checked = subprocess.run([PROGRAM, "check", "--index", index], capture_output=True, text=True)
    print(f"check: exit code {checked.returncode}")
    if checked.returncode:
        fail(f"check: {checked.stdout}{checked.stderr}")


def ingest(index, pages):
    done = subprocess.run([PROGRAM, "ingest", "--index", index, pages, "--log", "error"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"FAILED: ingest exits {done.returncode}: {done.stderr}{done.stdout}")


def runs(metrics):
    """Runs of ingest by how they ended."""
    return {outcome: int(metrics.get(f'ingest_runs_total{{outcome="{outcome}"}}', 0)) for outcome in ("done", "with_failures", "failed")}


def main():
    index, folder = f"{FOLDER}/index", f"{FOLDER}/pages"
    pages = Pages(folder, SAMPLES)
    ingest(index, folder)
    server = Server(index, folder)
    try:
        soak(server, index, folder, pages)
    finally:
        server.process.terminate()
        if code := server.process.wait():
            fail(f"the server ends with {code}")
    disk(index, folder)
    if failed:
        sys.exit(f"FAILED: {'; '.join(failed)}")


def soak(server, index, folder, pages):
    server.get("/search?q=kubernetes")
    capacity = load(server, 0, max(2, SECONDS / 60), 4)["admitted"]
    rate = capacity * SHARE
    print(f"{len(pages.words)} pages; the server can take {capacity:.0f} requests a second on 4 connections; {CLIENTS} clients "
          f"ask {rate:.0f} a second together", flush=True)
    # Where it is quiet: the same clients at the same rate.
    quiet = load(server, rate, max(10, SECONDS / 6))
    tell("quiet", quiet)
    time.sleep(12)
    began, files = server.metrics(), server.holds()
    soaking = Soak(server, pages)
    under = load(server, rate, SECONDS)
    soaking.end()
    tell("while pages change", under)
    ratio = under["p99"] / quiet["p99"]
    print(f"p99: {ratio:.2f} times the quiet one")
    if ratio > SLOWER:
        fail(f"p99 is {ratio:.2f} times the quiet one")
    settles(server, pages)
    # Threads that answer end once nothing was asked for ten seconds.
    time.sleep(12)
    ended, files_after = server.metrics(), server.holds()
    report(soaking, began, ended, files, files_after)
    if server.said:
        fail(f"the server warned {len(server.said)} times: {server.said[0]}")
    flat(soaking)


def tell(when, seen):
    wrong = ", ".join(f"{times} times {status}" for status, times in seen["wrong"].items()) or "none"
    print(f"{when}: {seen['admitted']:.0f} a second admitted, p50 {seen['p50']:.1f} ms, p99 {seen['p99']:.1f} ms; "
          f"{seen['refused']:.1f} a second refused; other statuses: {wrong}; {seen['closed']} closed; "
          f"the client takes {seen['cpu']:.0%} of a core", flush=True)
    if seen["wrong"] or seen["closed"]:
        fail(f"errors, {when}")


def report(soaking, began, ended, files, files_after):
    counts = ", ".join(f"{count} {what}" for what, count in soaking.pages.counts.items())
    waits = sorted(soaking.waits)
    if not waits:
        fail("no change was answered from")
        waits = [float("nan")]
    print(f"pages: {counts}; {soaking.checked} changes were looked for and answered from after "
          f"{statistics.median(waits):.1f} s in the median, {waits[-1]:.1f} s at most")
    before, after = runs(began), runs(ended)
    ran = {outcome: after[outcome] - before[outcome] for outcome in after}
    generations = ended["index_generation"] - began["index_generation"]
    print(f"generations: {generations:.0f}; runs of ingest: {ran}")
    if ran["failed"] or ran["with_failures"]:
        fail("a run of ingest failed")
    kinds = ("open files", "threads", "removed files that are still mapped")
    print("; ".join(f"{kind}: {one} before, {two} after" for kind, one, two in zip(kinds, files, files_after)))
    if files_after[0] > files[0] + 20 or files_after[1] > files[1] + 8 or files_after[2] > files[2]:
        fail("files or threads are kept")


if __name__ == "__main__":
    main()
