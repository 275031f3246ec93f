"""A morning is played against a city that is served in earnest."""

import re

import pytest

from tests.city import running_city

pytestmark = pytest.mark.slow


def test_the_drill_plays_to_the_end_and_the_city_never_says_no(tmp_path) -> None:
    with running_city(tmp_path) as city:
        said = city.bihuan(
            "play", "--url", city.url, "--accounts", str(tmp_path / "demo-accounts.json"),
            "--before", "1.5", "--hours", "0", "--speed", "100000", "--power", "20",
        )  # fmt: skip
        # Whatever was done in it, the audit alone tells the tables.
        proved = city.bihuan("verify")
    assert "The day is over" in said
    assert "The live tables equal the audit" in proved
    counts = {name: int(count) for count, name in re.findall(r"(\d+) (\w+)", said.splitlines()[-1])}
    assert counts["asks"] >= 1
    assert counts["accept"] >= 1
    assert "refused" not in counts, said
