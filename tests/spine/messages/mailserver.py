"""A small SMTP server (RFC 5321) on a port of its own, which keeps what it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """What came in. ``refusing`` holds a line to answer every recipient with."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    refusing: str = ""


class _Session(socketserver.StreamRequestHandler):
    """One client, from its greeting to QUIT."""

    mailbox: Mailbox

    def handle(self) -> None:
        self.say("220 localhost")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.mailbox.mails.append(self.read_mail())
                self.say("250 kept")
            elif verb == "RCPT" and self.mailbox.refusing:
                self.say(self.mailbox.refusing)
            else:
                self.say("221 bye" if verb == "QUIT" else "250 fine")
            if verb == "QUIT":
                return

    def read_mail(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def serving() -> Iterator[Mailbox]:
    """Serve on loopback for a while."""
    mailbox = Mailbox()
    session = type("Session", (_Session,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
