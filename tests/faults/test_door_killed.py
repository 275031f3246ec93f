"""kill -9 under load: whoever holds a receipt finds the ask in the database."""

import http.client
import random
import threading
import time
from dataclasses import dataclass, field

from tests.faults.doors import Door, Nursery

KILLS = 20
CLIENTS = 6


@dataclass
class Crowd:
    """Clients that ask without a pause and write down every receipt they are given."""

    name: str
    door: Door | None = None
    is_over: bool = False
    held: dict[str, str] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def ask(self, number: int) -> None:
        """Be one client: what was not answered is sent again, to whichever door there is."""
        k = 0
        while not self.is_over:
            client_id = f"{self.name}-{number}-{k}"
            receipt = self._try(client_id)
            if receipt:
                self._write_down(client_id, receipt)
                k += random.random() < 0.9  # now and then an answered ask is sent again

    def _try(self, client_id: str) -> str:
        try:
            reply = self.door.post({"client_id": client_id, "text": "x" * 200}, 5) if self.door else None
        except (OSError, http.client.HTTPException):
            reply = None
        if reply is None or reply.status not in {200, 201}:
            time.sleep(0.01)
            return ""
        return str(reply.body["receipt"])

    def _write_down(self, client_id: str, receipt: str) -> None:
        if self.held.setdefault(client_id, receipt) != receipt:
            self.twice.append(client_id)


def test_every_receipt_that_a_client_holds_is_in_the_database_after_twenty_kills(doors: Nursery) -> None:
    crowd = Crowd("killed")
    clients = [threading.Thread(target=crowd.ask, args=[number]) for number in range(CLIENTS)]
    [client.start() for client in clients]
    counts = []
    try:
        for _ in range(KILLS):
            crowd.door = doors.start()
            before = len(crowd.held)
            time.sleep(0.1 + random.random() * 0.2)
            crowd.door.kill()
            counts.append(len(crowd.held) - before)
    finally:
        crowd.is_over = True
        [client.join() for client in clients]
    there = doors.receipts()
    lost = {client_id for client_id, receipt in crowd.held.items() if there.get(client_id) != receipt}
    assert lost == set() and crowd.twice == []
    assert sum(count > 0 for count in counts) > KILLS / 2, f"the kills hit idle doors: {counts}"


def test_a_door_that_is_asked_to_end_answers_what_it_has_first(doors: Nursery) -> None:
    crowd = Crowd("ended", doors.start())
    clients = [threading.Thread(target=crowd.ask, args=[number]) for number in range(CLIENTS)]
    [client.start() for client in clients]
    time.sleep(0.3)
    assert crowd.door is not None
    crowd.door.end()
    crowd.is_over = True
    [client.join() for client in clients]
    there = doors.receipts()
    assert crowd.held and all(there.get(client_id) == receipt for client_id, receipt in crowd.held.items())
