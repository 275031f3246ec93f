"""Sends Submissions as fast as some clients can, from a process of its own that costs little: one epoll loop.

    python -m tests.bench.load PORT --clients 64 --seconds 5 --prefix a

Prints one line of JSON. Each client has one connection kept alive, and sends its next ask when it has its answer;
an ask that was answered 503 is sent again with the same client_id.
"""

import argparse
import json
import re
import select
import socket
import statistics
import sys
import time
from dataclasses import dataclass, field

HEAD = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
BODY = {
    "client_id": "<prefix>%010d", "channel": "wechat", "service": "medicine",
    "text": "Bedridden neighbour on the third floor needs insulin before tonight; nobody else is at home.",
    "lon": 113.1325, "lat": 27.8274, "site": "Synthetic Gardens", "name": "Ana",
    "phone": "1990000%04d", "answers": {"drug": "insulin", "left": "none"},
}  # fmt: skip


@dataclass
class Client:
    """One connection and the ask that is under way on it."""

    link: socket.socket
    request: bytes = b""
    sent_at: float = 0.0
    answer: bytes = b""


@dataclass
class Load:
    """What to send, and what came of it."""

    path: str
    prefix: str
    until: float
    count: int
    sent: int = 0
    accepted: int = 0
    refused: int = 0
    broken: int = 0
    spent_s: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        body = json.dumps(BODY, separators=(",", ":")).encode().replace(b"<prefix>", self.prefix.encode())
        self._template = body
        self._template = self._head(len(self._fill(0))) + body

    def _head(self, length: int) -> bytes:
        return HEAD.format(path=self.path, length=length).encode()

    def _fill(self, number: int) -> bytes:
        return self._template % (number, number % 10_000)

    def next_request(self) -> bytes:
        """Return the next ask, nothing when there is none left."""
        if self.sent >= self.count or time.perf_counter() >= self.until:
            return b""
        self.sent += 1
        return self._fill(self.sent)

    def note(self, client: Client, answer: bytes) -> bool:
        """Count an answer; say whether the ask is done with."""
        if answer.startswith((b"HTTP/1.1 201", b"HTTP/1.1 200")):
            self.accepted += 1
            self.spent_s.append(time.perf_counter() - client.sent_at)
            return True
        if not answer.startswith(b"HTTP/1.1 503"):
            if not self.broken:
                print(answer.decode(errors="replace"), file=sys.stderr)
            self.broken += 1
            return True
        self.refused += 1
        return False


def run(load: Load, port: int, count: int) -> None:
    """Run the clients until nothing is left to send and every answer has come."""
    poll = select.epoll()
    clients: dict[int, Client] = {}
    for _ in range(count):
        link = socket.create_connection(("127.0.0.1", port))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        clients[link.fileno()] = Client(link)
        poll.register(link, select.EPOLLIN)
    busy = sum(send(load, client) for client in clients.values())
    while busy:
        for number, _event in poll.poll(10):
            client = clients[number]
            part = client.link.recv(4096)
            if not part:
                sys.exit("the server hung up")
            client.answer += part
            if not is_whole(client.answer):
                continue
            answer, client.answer = client.answer, b""
            if not load.note(client, answer):
                time.sleep(0.01)
                client.link.sendall(client.request)
            elif not send(load, client):
                busy -= 1


def is_whole(answer: bytes) -> bool:
    """Say whether head and body have come."""
    head, end, body = answer.partition(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    return bool(end and found) and len(body) >= int(found[1])  # type: ignore[index]


def send(load: Load, client: Client) -> bool:
    """Send the next ask; ``False`` when none is left."""
    client.request = load.next_request()
    if client.request:
        client.sent_at = time.perf_counter()
        client.link.sendall(client.request)
    return bool(client.request)


def main() -> None:
    """Send, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--path", default="/door/api")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--count", type=int, default=10**9)
    parser.add_argument("--prefix", required=True)
    asked = parser.parse_args()
    began, cpu = time.perf_counter(), time.process_time()
    load = Load(asked.path, asked.prefix, began + asked.seconds, asked.count)
    run(load, asked.port, asked.clients)
    spent = time.perf_counter() - began
    cuts = statistics.quantiles(load.spent_s, n=100)
    print(json.dumps({
        "accepted": load.accepted, "refused": load.refused, "broken": load.broken, "sent": load.sent,
        "seconds": round(spent, 3), "per_s": round(load.accepted / spent), "p50_ms": round(cuts[49] * 1000, 2),
        "p99_ms": round(cuts[98] * 1000, 2), "client_cpu_us": round((time.process_time() - cpu) / load.sent * 1e6, 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
