"""The bar is for a person at a terminal; a log file sees nothing of it."""

import pytest

from bihuan.spine.audit import progress
from bihuan.spine.audit.progress import Bar

pytestmark = pytest.mark.once


class Out:
    def __init__(self, terminal: bool) -> None:
        self.said, self._terminal = "", terminal

    def write(self, msg: str, *, ending: str) -> None:
        self.said += msg + ending

    def isatty(self) -> bool:
        return self._terminal


def test_it_is_silent_where_nobody_looks():
    out = Out(terminal=False)
    bar = Bar(out, 10)
    bar.add(10)
    bar.end()
    assert out.said == ""


def test_it_ends_full_and_begins_a_new_line(monkeypatch):
    monkeypatch.setattr(progress, "EVERY_S", -1)
    out = Out(terminal=True)
    bar = Bar(out, 4)
    for _ in range(4):
        bar.add(1)
    bar.end()
    assert " 25%  1 of 4" in out.said
    assert out.said.endswith("100%  4 of 4\n")


def test_nothing_to_do_is_all_done():
    out = Out(terminal=True)
    Bar(out, 0).end()
    assert "100%" in out.said
