"""Floods a server, each way on a server of its own, and looks whether it goes on answering. Python's standard library alone."""

import multiprocessing
import random
import selectors
import socket
import subprocess
import sys
import time

PROGRAM, INDEX, SECONDS = sys.argv[1], sys.argv[2], float(sys.argv[3])
QUESTIONS = ["kubernetes leadership", "data engineer salary", "python sql", "how to become a cloud architect",
             "security", "remote work", "team lead experience", "machine learning", "product owner", "testing"]
failed = []


class Server:
    """`rolecall serve` on a port of its own choice."""

    def __init__(self, *options, files=None):
        command = [PROGRAM, "serve", "--index", INDEX, "--listen", "127.0.0.1:0", "--log", "error", *options]
        if files:
            command = ["bash", "-c", f"ulimit -n {files}; exec \"$@\"", "bash", *command]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if "http://127.0.0.1:" in line:
                self.port = int(line.rsplit(":", 1)[1].split("/")[0])
                break

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def memory(self):
        """MiB that are resident now, and at most so far."""
        with open(f"/proc/{self.process.pid}/status") as file:
            lines = dict(line.split(":", 1) for line in file)
        return [int(lines[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM")]

    def answers(self):
        """How long a search takes now, in ms; none where it is not answered."""
        start = time.monotonic()
        try:
            with self.connect() as stream:
                stream.sendall(request(QUESTIONS[0]))
                status = answer(stream)
        except OSError:
            return None
        return (time.monotonic() - start) * 1000 if status == 200 else None


def request(question):
    return f"GET /search?q={question.replace(' ', '+')} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode()


def answer(stream):
    """Reads an answer with a length; its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = stream.recv(65536)
        if not part:
            raise ConnectionError("closed")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"content-length: ")), 0)
    got = len(body)
    while got < length:
        part = stream.recv(65536)
        if not part:
            raise ConnectionError("closed")
        got += len(part)
    return int(head[9:12])


def say(what, server, before, more=""):
    took = server.answers()
    now, most = server.memory()
    is_well = took is not None and server.process.poll() is None
    if not is_well:
        failed.append(what)
    says = f"answers in {took:.1f} ms" if is_well else "FAILED: does not answer"
    print(f"{what}: {says}; memory {before} MiB before, {now} after, {most} at most{more}", flush=True)


def malformed(count=10_000):
    """Requests as no client makes them."""
    chance = random.Random(7)
    with Server() as server:
        server.answers()
        before, statuses = server.memory()[0], {}
        for _ in range(count):
            noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 60)))
            lines = [b"GET ", b"POST /search HTTP/1.1\r\ncontent-length: ", b"GET /search?", b"\r\n\r\n", b"HTTP/1.1\r\n",
                     b"transfer-encoding: chunked\r\n", b"\x16\x03\x01", b"content-length: 99999999999999999999\r\n",
                     b"GET /search?q=" + b"a" * 20000, b"host: " + b"b" * 40000, b" HTTP/9.9\r\n", noise, noise]
            data = b"".join(chance.sample(lines, chance.randrange(1, 6))) + b"\r\n\r\n"
            try:
                with server.connect() as stream:
                    stream.sendall(data)
                    stream.shutdown(socket.SHUT_WR)
                    status = stream.recv(12)[9:12].decode() or "closed"
            except OSError:
                status = "closed"
            statuses[status] = statuses.get(status, 0) + 1
        said = ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items()))
        say(f"{count} malformed requests ({said})", server, before)


def slow(count=2_000):
    """Clients that send a byte now and then, more of them than connections are taken."""
    with Server("--head-timeout", "2") as server:
        server.answers()
        before, streams = server.memory()[0], []
        for _ in range(count):
            stream = server.connect()
            stream.sendall(b"GET /search?q=a HTTP/1.1\r\n")
            streams.append(stream)
        say(f"{count} slow heads are open", server, before)
        end = time.monotonic() + 10
        while streams and time.monotonic() < end:
            time.sleep(0.2)
            streams = [stream for stream in streams if drips(stream)]
        if streams:
            failed.append("slow heads")
        say(f"{count - len(streams)} of them were cut off", server, before)


def drips(stream):
    try:
        stream.sendall(b"a: b\r\n")
        return True
    except OSError:
        stream.close()
        return False


def idle(count, **kind):
    """Connections on which nothing is asked."""
    with Server(**kind) as server:
        server.answers()
        before, streams = server.memory()[0], []
        for _ in range(count):
            stream = server.connect()
            streams.append(stream)
        files = f", the server may have {kind['files']} files open" if kind else ""
        say(f"{count} idle connections{files}", server, before)
        for stream in streams:
            stream.close()


def client(port, questions, pause, seconds, number, found):
    """Connections that ask again after each answer and a pause; puts the times of those that were admitted."""
    times, refused, errors = [], 0, 0
    chance, ready = random.Random(number), selectors.DefaultSelector()
    begin = time.monotonic()
    # What comes first is not counted: the queue has not settled.
    counted, end = begin + 1, begin + 1 + seconds
    streams = {}
    for _ in range(questions):
        stream = socket.create_connection(("127.0.0.1", port), timeout=10)
        streams[stream] = [begin + chance.random() * pause, None]
    while (now := time.monotonic()) < end:
        for stream, state in streams.items():
            if state[1] is None and state[0] <= now:
                stream.sendall(request(chance.choice(QUESTIONS)))
                state[1] = time.monotonic()
                ready.register(stream, selectors.EVENT_READ)
        due = [state[0] for state in streams.values() if state[1] is None]
        wait = max(0.0, min([*due, end]) - time.monotonic())
        for key, _ in ready.select(wait):
            stream = key.fileobj
            state = streams[stream]
            ready.unregister(stream)
            try:
                status = answer(stream)
            except OSError:
                errors += 1
                del streams[stream]
                stream.close()
                continue
            now = time.monotonic()
            if state[1] >= counted:
                if status == 200:
                    times.append((now - state[1]) * 1000)
                else:
                    refused += 1
            # At an even rate, however long the answer took; what was missed is not made up for.
            state[0], state[1] = max(state[0] + pause, now), None
    found.put((times, refused, errors))


def load(server, processes, questions, pause, seconds):
    """The times of those that were admitted in order, how many were refused, how many a second were offered."""
    found = multiprocessing.Queue()
    clients = [multiprocessing.Process(target=client, args=(server.port, questions, pause, seconds, number, found))
               for number in range(processes)]
    for process in clients:
        process.start()
    parts = [found.get() for _ in clients]
    for process in clients:
        process.join()
    times = sorted(time for part in parts for time in part[0])
    refused, errors = sum(part[1] for part in parts), sum(part[2] for part in parts)
    return times, refused, errors, (len(times) + refused) / seconds


def at(times, share):
    return times[min(len(times) - 1, int(len(times) * share))] if times else float("nan")


def overload():
    """Twenty times the load that it can take."""
    with Server() as server:
        server.answers()
        before = server.memory()[0]
        quiet = load(server, 1, 1, 0, SECONDS)
        most = load(server, 1, 4, 0, SECONDS)
        capacity = len(most[0]) / SECONDS
        # On 100 connections, each of which asks every so often.
        flood = load(server, 2, 50, 100 / (20 * capacity), SECONDS)
        print(f"one at a time: {len(quiet[0]) / SECONDS:.0f} a second, p50 {at(quiet[0], .5):.1f} ms, p99 {at(quiet[0], .99):.1f} ms")
        print(f"what it can take: {capacity:.0f} a second")
        ratio = at(flood[0], .99) / at(quiet[0], .99)
        print(f"offered {flood[3]:.0f} a second ({flood[3] / capacity:.1f} times): {len(flood[0]) / SECONDS:.0f} admitted, "
              f"p50 {at(flood[0], .5):.1f} ms, p99 {at(flood[0], .99):.1f} ms, {ratio:.1f} times the quiet one; "
              f"{flood[1] / SECONDS:.0f} refused, {flood[2]} closed")
        say("after overload", server, before)
        if ratio > 3:
            failed.append("p99 under overload")


if __name__ == "__main__":
    malformed()
    slow()
    idle(1_000)
    idle(1_000, files=256)
    overload()
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")
