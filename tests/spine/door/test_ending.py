"""Knowing that the process is asked to end."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable

import pytest
import uvloop

from bihuan.spine.door.ending import calling_at_end

pytestmark = pytest.mark.once


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_both_the_server_and_the_streams_learn_of_the_end(
    number: signal.Signals, new_loop: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    heard: list[str] = []

    async def run() -> None:
        asyncio.get_running_loop().add_signal_handler(number, heard.append, "server")
        with calling_at_end(lambda: heard.append("streams")):
            os.kill(os.getpid(), number)
            while len(heard) < 2:
                await asyncio.sleep(0.005)

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(asyncio.wait_for(run(), 5))
    assert sorted(heard) == ["server", "streams"]


def test_afterwards_all_is_as_it_was() -> None:
    before = signal.getsignal(signal.SIGTERM)

    async def run() -> None:
        with calling_at_end(lambda: None):
            assert signal.getsignal(signal.SIGTERM) is not before

    asyncio.run(run())
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_loop_beside_the_main_thread_goes_without() -> None:
    went: list[bool] = []

    async def run() -> None:
        with calling_at_end(lambda: None):
            went.append(True)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    thread.join()
    assert went == [True]
