"""What a device does with the lists it is given, and without a fresh one."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bihuan.lines.passes.seal import halts, numbers
from bihuan.lines.passes.seal.halts import Delta, Halted
from bihuan.lines.passes.seal.reasons import Reason
from tests.journeys.stage import set_up
from tests.lines.passes.seal.known import CITY, GOOD, NOW, STRANGER, SUITS, public

pytestmark = pytest.mark.once
FOLDER = "/static/passes/checkpoint"
TAKE = f"""async ({{key, now, texts, passes}}) => {{
  const lists = await import("{FOLDER}/lists.js");
  await lists.takeKeys({{ keys: [{{ alg: -8, public: key, retired_at: null }}], now, speed: 1 }});
  for (const text of texts) await lists.takeHalts(text);
  await lists.takePasses(passes, null);
}}"""
JUDGE = f"""async ([how, said]) => {{
  const judging = await import("{FOLDER}/judging.js");
  const {{ light, reason }} = await judging[how](said);
  return [light, reason];
}}"""
SINCE_0 = Delta(0, 1, NOW, {})
ROW = [
    SUITS.number, SUITS.plate, SUITS.colour, SUITS.goods, *SUITS.route, SUITS.edition,
    int(SUITS.valid_from.timestamp()), int(SUITS.valid_until.timestamp()),
]  # fmt: skip


@pytest.fixture
def device(page: Any, root: Path) -> Any:
    return set_up(page, root)


def take(
    device: Any, *deltas: Delta, after: timedelta = timedelta(), key: Any = CITY, passes: Any = ()
) -> None:
    texts = [halts.write(delta, key) for delta in deltas]
    said = {"key": b64encode(public(CITY).public).decode(), "now": (NOW + after).timestamp()}
    device.evaluate(TAKE, said | {"texts": texts, "passes": list(passes)})


def judge(device: Any, how: str, said: str) -> tuple[str, str]:
    return tuple(device.evaluate(JUDGE, [how, said]))


HALTED = replace(SINCE_0, changed={SUITS.number: Halted(Reason.SUSPENDED)})


def test_a_device_that_was_told_nothing_asks(device: Any) -> None:
    take(device)
    assert judge(device, "ofCode", GOOD) == ("ask", "stale")


@pytest.mark.parametrize(
    ("after", "answer"),
    [(timedelta(hours=11), ("pass", "valid")), (timedelta(hours=13), ("ask", "stale"))],
)
def test_a_list_of_more_than_twelve_hours_lets_nobody_through_unasked(
    device: Any, after: timedelta, answer: tuple[str, str]
) -> None:
    take(device, SINCE_0, after=after)
    assert judge(device, "ofCode", GOOD) == answer


def test_what_is_on_the_list_is_refused_until_it_counts_again(device: Any) -> None:
    take(device, HALTED)
    assert judge(device, "ofCode", GOOD) == ("refuse", "suspended")
    take(device, Delta(1, 2, NOW, {SUITS.number: Halted(None, 1)}))
    assert judge(device, "ofCode", GOOD) == ("pass", "valid")


def test_a_restored_pass_counts_with_its_new_code_only(device: Any) -> None:
    take(device, HALTED, Delta(1, 2, NOW, {SUITS.number: Halted(None, 2)}))
    assert judge(device, "ofCode", GOOD) == ("refuse", "replaced")


def test_a_list_of_a_stranger_or_out_of_its_turn_changes_nothing(device: Any) -> None:
    take(device, HALTED)
    take(device, SINCE_0, key=STRANGER)
    take(device, Delta(5, 6, NOW, {SUITS.number: Halted(None, 1)}))
    assert judge(device, "ofCode", GOOD) == ("refuse", "suspended")


def test_numbers_and_plates_are_looked_up_in_what_the_device_carries(device: Any) -> None:
    take(device, SINCE_0, passes=[ROW])
    assert numbers.read_typed(numbers.printed(SUITS.number)) == SUITS.number
    assert judge(device, "ofNumber", SUITS.number) == ("pass", "listed")
    assert judge(device, "ofPlate", SUITS.plate) == ("pass", "listed")
    assert judge(device, "ofNumber", "430200000025") == ("ask", "not_listed")
    assert judge(device, "ofPlate", "湘B00000") == ("ask", "not_listed")


def test_what_is_looked_up_is_refused_when_it_is_halted_or_over(device: Any) -> None:
    take(device, HALTED, passes=[ROW])
    assert judge(device, "ofPlate", SUITS.plate) == ("refuse", "suspended")
    over = [*ROW[:-1], int(NOW.timestamp()) - 1]
    take(device, SINCE_0, passes=[over])
    assert judge(device, "ofNumber", SUITS.number) == ("refuse", "expired")
