"""The raw rate of a database: the door's row, one row one commit, nothing else in the way."""

import os
import re
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from bihuan.spine.door.intake import Row, take_in
from tests import postgres

PGBENCH = """INSERT INTO door_submission ({columns}) VALUES (md5(random()::text || clock_timestamp()::text),
 lpad((random() * 999999999999)::bigint::text, 12, '0'), 'wechat', 'medicine', '{text}', 113.1, 27.8, 'Gardens',
 decode(repeat('ab', 32), 'hex'), decode(repeat('ab', 43), 'hex'), NULL, decode(md5(random()::text), 'hex'),
 '{{"drug": "insulin"}}', '', repeat('a', 64), now()) ON CONFLICT DO NOTHING;"""


def sqlite_rate(path: str, seconds: float) -> float:
    """Return commits per second of one connection, each on the disk before the next."""
    from bihuan.spine.door.sqlite import SqliteStore

    store = SqliteStore(path)
    rows = [_row(k) for k in range(20_000)]
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < seconds and count < len(rows):
        store.write(rows[count : count + 1])
        count += 1
    spent = time.perf_counter() - began
    store.close()
    return count / spent


def _row(number: int) -> Row:
    fields = {
        "client_id": f"raw-{os.getpid()}-{number}", "text": "x" * 90, "phone": f"1990000{number % 10_000:04d}",
        "name": "Ana", "lon": 113.1, "lat": 27.8, "site": "Gardens", "answers": {"drug": "insulin"},
    }  # fmt: skip
    return take_in(fields, {}, datetime.now(UTC)).row


def postgresql_rate(
    server: postgres.Server, database: str, clients: int, seconds: float, folder: Path
) -> float:
    """Return commits per second of so many connections, by pgbench with prepared statements."""
    script = folder / "insert.sql"
    script.write_text(PGBENCH.format(columns=", ".join(Row._fields), text="x" * 90).replace("\n", ""))
    command = [
        server.programs / "pgbench", "-n", "-M", "prepared", "-f", script, "-c", str(clients), "-j", "1",
        "-T", str(max(1, round(seconds))), "-h", "127.0.0.1", "-p", str(server.port), "-U", postgres.USER, database,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found.group(1))
