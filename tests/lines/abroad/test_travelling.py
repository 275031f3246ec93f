"""Journeys go beside the worker's rounds, one worker a server."""

import time
from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.abroad import travelling
from bihuan.lines.abroad.models import Link
from bihuan.lines.abroad.travelling import LEASE_S, Travellers, journey
from bihuan.spine.cases.models import Case
from tests.lines.abroad.going import change, go
from tests.lines.abroad.peer import Peer
from tests.spine.cases.known import World


def test_two_workers_at_once_one_goes(link: Link, case: Case) -> None:
    change(link, claimed_until=clock.now() + clock.lasting(60))
    assert journey(link.pk) is False
    change(link, claimed_until=clock.now() - clock.lasting(1))
    assert journey(link.pk) is True


def test_a_switched_off_link_is_not_visited(link: Link) -> None:
    change(link, is_active=False)
    assert journey(link.pk) is False


def test_a_slow_server_holds_no_round(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_number: int) -> None:
        time.sleep(0.4)

    monkeypatch.setattr(travelling, "_go", slow)
    travellers, began = Travellers(), time.monotonic()
    assert (travellers.step(), travellers.step()) == (1, 0)
    assert time.monotonic() - began < 0.3
    travellers.wait()
    assert travellers.step() == 1
    travellers.wait()


def test_a_journey_that_lasts_begins_nothing_more(link: Link, peer: Peer, case: Case) -> None:
    times = iter([0.0, *[travelling.JOURNEY_S + 1.0] * 9])
    assert journey(link.pk, lambda: next(times)) and not peer.far.asked
    assert travelling.JOURNEY_S + 60 < LEASE_S


def test_a_discovery_address_is_replaced_by_the_endpoint_it_names(
    link: Link, peer: Peer, case: Case, world: World
) -> None:
    change(link, url=f"{peer.far.url}/discovery.xml")
    go(link)
    assert Link.objects.get().url == peer.url and peer.posts == 1


def test_a_discovery_that_can_not_be_read_is_asked_once_a_minute(link: Link, peer: Peer, case: Case) -> None:
    change(link, url="http://127.0.0.1:9/discovery.xml")
    assert journey(link.pk) and "Unreached" in Link.objects.get().error
    assert not travelling.due_links().exists() and not journey(link.pk)
    later = clock.now() + timedelta(seconds=travelling.POLL_S + 1)
    with clock.running(lambda: later):
        assert travelling.due_links().exists()
