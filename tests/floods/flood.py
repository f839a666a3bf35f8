"""Floods a server, each way on a server of its own, and looks whether it goes on answering."""

import json
import os
import random
import socket
import subprocess
import sys
import time

PROGRAM, LOAD, INDEX, SECONDS = *sys.argv[1:4], float(sys.argv[4])
QUESTION = "kubernetes leadership"
failed = []


class Server:
    """`rolecall serve` on a port of its own choice."""

    def __init__(self, *options, files=None, cores=None):
        command = [PROGRAM, "serve", "--index", INDEX, "--listen", "127.0.0.1:0", "--log", "error", *options]
        # Every answer is worked out: few questions are asked, and again and again.
        command += ["--result-cache", "0"]
        if files:
            command = ["bash", "-c", f"ulimit -n {files}; exec \"$@\"", "bash", *command]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=only_on(cores))
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
                stream.sendall(request(QUESTION))
                status = answer(stream)
        except OSError:
            return None
        return (time.monotonic() - start) * 1000 if status == 200 else None


def only_on(cores):
    """What keeps a program to some of the cores, where any are named."""
    return (lambda: os.sched_setaffinity(0, cores)) if cores else None


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


def load(server, connections, rate, seconds, cores=None):
    """What so many connections see that ask so often a second together, or as often as they are answered (0)."""
    arguments = [str(part) for part in (server.port, connections, rate, seconds)]
    done = subprocess.run([LOAD, *arguments], check=True, capture_output=True, text=True, preexec_fn=only_on(cores))
    return json.loads(done.stdout)


def overload(of_server=None, of_client=None):
    """Twenty times the load that it can take, server and client on these cores."""
    with Server(cores=of_server) as server:
        server.answers()
        before = server.memory()[0]
        quiet = load(server, 1, 0, SECONDS, of_client)
        capacity = load(server, 4, 0, SECONDS, of_client)["admitted"]
        # On 100 connections, each of which asks every so often.
        flood = load(server, 100, 20 * capacity, SECONDS, of_client)
        offered = flood["admitted"] + flood["refused"]
        apart = "each on cores of its own" if of_server else "on the same cores"
        print(f"server and client {apart}")
        print(f"one at a time: {quiet['admitted']:.0f} a second, p50 {quiet['p50']:.1f} ms, p99 {quiet['p99']:.1f} ms")
        print(f"what it can take: {capacity:.0f} a second")
        ratio = flood["p99"] / quiet["p99"]
        print(f"offered {offered:.0f} a second ({offered / capacity:.1f} times): {flood['admitted']:.0f} admitted, "
              f"p50 {flood['p50']:.1f} ms, p99 {flood['p99']:.1f} ms, {ratio:.1f} times the quiet one; "
              f"{flood['refused']:.0f} refused, {flood['closed']} closed, "
              f"{sum(flood['wrong'].values())} answered wrongly; the client takes {flood['cpu']:.0%} of a core")
        say("after overload", server, before)
        # On the same cores the client, which asks tens of thousands of times a second, takes turns from whom it measures.
        if ratio > 3 and of_server:
            failed.append("p99 under overload")


def overloads():
    cores = sorted(os.sched_getaffinity(0))
    half = len(cores) // 2
    if half:
        overload(cores[:half], cores[half:])
    else:
        failed.append("overload: one core is too few for server and client")
    overload()


if __name__ == "__main__":
    malformed()
    slow()
    idle(1_000)
    idle(1_000, files=256)
    overloads()
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")
