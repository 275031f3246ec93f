"""Equal asks at once: through one door, through two, and more than there is room for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.faults.door_nursery import SMALL
from tests.faults.doors import Door, Nursery, Reply, connected, until

RACERS = 16
ROUNDS = 12


def race(doors: list[Door], client_id: str) -> list[Reply]:
    """Let many send the same ask at the same moment."""
    gun = Barrier(RACERS)

    def run(number: int) -> Reply:
        gun.wait()
        return doors[number % len(doors)].post({"client_id": client_id})

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(run, range(RACERS)))


def check(replies: list[Reply], nursery: Nursery, client_id: str) -> None:
    assert sorted(reply.status for reply in replies) == [200] * (RACERS - 1) + [201]
    assert {reply.body["receipt"] for reply in replies} == {nursery.receipts()[client_id]}


def test_equal_asks_through_one_door_make_one_row(doors: Nursery) -> None:
    with doors.door() as door:
        for k in range(ROUNDS):
            check(race([door], f"one-{k}"), doors, f"one-{k}")


def test_equal_asks_through_two_doors_make_one_row(doors: Nursery) -> None:
    with doors.door() as front, doors.door() as back:
        for k in range(ROUNDS):
            check(race([front, back], f"two-{k}"), doors, f"two-{k}")


def test_many_asks_through_two_doors_in_opposite_orders_do_not_lock_up(doors: Nursery) -> None:
    names = [f"order-{k}" for k in range(40)]
    with doors.door() as front, doors.door() as back, ThreadPoolExecutor(20) as pool:
        forth = [pool.submit(front.post, {"client_id": name}) for name in names]
        fro = [pool.submit(back.post, {"client_id": name}) for name in reversed(names)]
        ahead, behind = [one.result() for one in forth], [one.result() for one in reversed(fro)]
    assert [reply.body["receipt"] for reply in ahead] == [reply.body["receipt"] for reply in behind]
    assert sum(reply.status == 201 for reply in ahead + behind) == len(names)


def test_past_the_limit_asks_are_refused_and_none_that_was_taken_is_lost(doors: Nursery) -> None:
    asks = 2 * SMALL + 20  # as many as may wait may be in the commit that hangs
    with doors.door("small") as door, connected(doors.url) as holder, ThreadPoolExecutor(asks) as pool:
        hold(holder)
        waiting = [pool.submit(door.post, {"client_id": f"crowd-{k}"}) for k in range(asks)]
        until(lambda: sum(one.done() for one in waiting) >= asks - 2 * SMALL)
        holder.execute("COMMIT")
        replies = [one.result() for one in waiting]
    refused = [reply for reply in replies if reply.status == 503]
    taken = [f"crowd-{k}" for k, reply in enumerate(replies) if reply.status == 201]
    assert len(refused) + len(taken) == asks and refused
    assert all(int(reply.headers["retry-after"]) >= 1 for reply in refused)
    assert set(taken) == {name for name in doors.receipts() if name.startswith("crowd-")}


def hold(connection: object) -> None:
    """Keep every writer out until COMMIT."""
    execute = connection.execute  # type: ignore[attr-defined]
    if type(connection).__module__.startswith("sqlite3"):
        execute("BEGIN IMMEDIATE")
    else:
        execute("BEGIN")
        execute("LOCK TABLE door_submission IN EXCLUSIVE MODE")
