from xml.etree import ElementTree as ET

import pytest

from tests.bench import gaps

pytestmark = pytest.mark.once

SVG = "{http://www.w3.org/2000/svg}"


def panel(name: str = "Town & land") -> gaps.Panel:
    tracks = {
        "ours": [(0.1, 1200), (2.0, 1100), (5.0, 1010)],
        "pyvrp": [(1.0, 1100), (9.0, 1050)],
        "vroom": [],
    }
    return gaps.Panel(name, 1000, 1000, tracks, {"vroom": "none within 10 s"})


def test_a_picture_is_sound_xml_with_a_panel_for_each_problem() -> None:
    drawn = ET.fromstring(gaps.picture([panel(), panel("Second")], 10))
    texts = ["".join(text.itertext()) for text in drawn.iter(f"{SVG}text")]
    assert [text for text in texts if "1,000 stops" in text] == [
        "Town & land, 1,000 stops",
        "Second, 1,000 stops",
    ]


def test_each_solver_that_answered_has_a_line_and_the_others_a_reason() -> None:
    text = gaps.picture([panel()], 10)
    groups = ET.fromstring(text).findall(f"{SVG}g")
    classes = [path.get("class", "") for path in groups[-1].iter(f"{SVG}path")]
    assert [name for name in classes if name.startswith("line")] == ["line pyvrp", "line ours"]
    assert "VROOM: none within 10 s" in text


def test_the_description_says_in_words_where_each_ended() -> None:
    words = "Town & land, 1,000 stops: Bihuan 1.00 %, PyVRP 5.00 %, VROOM no answer (none within 10 s)."
    assert gaps.in_words(panel()) == words


def test_solvers_differ_in_dashes_and_marks_and_not_in_colour_alone() -> None:
    looks = list(gaps.LOOKS.values())
    for part in (1, 2, 3, 4):
        assert len({look[part] for look in looks}) == len(looks)
    assert {look[2] for look in looks} == set(gaps.SPOTS)


def test_a_worse_plan_after_a_better_one_is_not_drawn() -> None:
    assert gaps.best_so_far([(1, 50), (2, 70), (3, 40), (9, 60)]) == [(1, 50), (3, 40), (9, 40)]


def test_many_points_become_few_and_the_last_stays() -> None:
    track = [(float(k), 5000 - k) for k in range(4000)]
    drawn = gaps.best_so_far(track)
    assert len(drawn) <= 2 * gaps.MOST_POINTS
    assert drawn[-1] == track[-1]


def test_axes_hold_every_gap_and_the_budget() -> None:
    scale = gaps.scale_of([panel()], 20)
    assert scale.least <= 1.0 and scale.most >= 20.0
    assert (scale.y(scale.least), scale.y(scale.most)) == (gaps.HIGH, 0)
    assert scale.x(20) == pytest.approx(gaps.WIDE)


def test_nothing_measured_gives_an_empty_picture() -> None:
    assert ET.fromstring(gaps.picture([], 10)).tag == f"{SVG}svg"
