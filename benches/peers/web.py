"""One connection to a server, with as little between as can be: what it takes is the server's time."""

import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from urllib.parse import quote_plus

from measure import Failed, stop


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, target):
        """Status and body."""
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode())
        answer = bytearray()
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self.more()
        head = bytes(answer[:end]).lower()
        body = answer[end + 4:]
        if b"transfer-encoding: chunked" in head:
            while not body.endswith(b"0\r\n\r\n"):
                body += self.more()
        else:
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            while len(body) < length:
                body += self.more()
        return int(head.split(b" ", 2)[1]), bytes(body)

    def more(self):
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise Failed("the server closed the connection")
        return piece


class Server:
    """A server that runs; its first line with an address says where."""

    def __init__(self, child, port):
        self.child, self.pid, self.port = child, child.pid, port

    def connection(self):
        return Connection(self.port)


@contextmanager
def serving(arguments, environment=None, timeout=120):
    """Starts a server, and ends it."""
    child = subprocess.Popen(
        [str(argument) for argument in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env=environment, start_new_session=True,
    )
    late = threading.Timer(timeout, lambda: stop(child))
    late.start()
    try:
        said = ""
        for line in child.stdout:
            said = line.decode(errors="replace").strip()
            if "http://127.0.0.1:" in said:
                port = int(said.split("http://127.0.0.1:")[1].split("/")[0].split()[0])
                break
        else:
            raise Failed(f"the server does not come up: {said}")
        late.cancel()
        threading.Thread(target=child.stdout.read, daemon=True).start()
        yield Server(child, port)
    finally:
        late.cancel()
        stop(child)
        child.wait()


def first_answer(arguments, target):
    """Seconds from the start of a server to its first answer."""
    start = time.monotonic()
    with serving(arguments) as server:
        status, _ = server.connection().get(target)
        took = time.monotonic() - start
    if status != 200:
        raise Failed(f"{target} is answered {status}")
    return took


def target(template, question):
    return template.replace("QUESTION", quote_plus(question))
