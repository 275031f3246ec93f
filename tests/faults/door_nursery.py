"""Doors that start at once: one process reads the product, then forks a real server for every order.

It reads lines of JSON (port, log, kind) and answers each with the id of the process group it started.
"""

import json
import os
import signal
import sys

from granian import Granian

from bihuan.config.processes import die_with_parent
from bihuan.spine.door.asking import App

SMALL = 20


def make(kind: str) -> App:
    """Make the application: as in production, with room for few, or for a database with the door's tables alone."""
    from bihuan.config.door import door
    from bihuan.spine.door.asgi import default_store, make_app
    from bihuan.spine.door.commit import GroupCommit

    if kind == "small":
        return make_app(source=dict, commit=GroupCommit(default_store, max_waiting=SMALL))
    return make_app(source=dict) if kind == "bare" else door()


def serve(port: int, log: str, kind: str) -> None:
    """Be a server, in a process group of its own."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    granian = Granian("door", port=port, interface="asgi", websockets=False, backpressure=2000)  # type: ignore[arg-type]
    granian.serve(target_loader=lambda target: make(kind))


def main() -> None:
    """Fork a server for every line."""
    import django

    django.setup()
    make("door")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            die_with_parent()
            serve(**json.loads(line))
            os._exit(0)
        print(pid, flush=True)


if __name__ == "__main__":
    main()
