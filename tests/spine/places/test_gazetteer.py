"""Places named in free text. Every name and sentence is invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.spine.places.atlas import Found
from bihuan.spine.places.gazetteer import Gazetteer, Level, Place
from bihuan.spine.places.reasons import WORDS

TIANYUAN, HETANG, STREET = 1, 2, 11


def county(number: int, *names: str, is_short: bool = False) -> tuple[Place, tuple[str, ...]]:
    return Place(Level.COUNTY, number, names[0], names[-1], Found(number), is_short), names


def site(number: int, district: int, *names: str) -> tuple[Place, tuple[str, ...]]:
    found = Found(district, STREET if district == TIANYUAN else None, number, 113.1, 27.8)
    return Place(Level.SITE, number, names[0], names[-1], found), names


ENTRIES = [
    county(TIANYUAN, "天元区", "Tianyuan District"),
    county(TIANYUAN, "天元", "Tianyuan", is_short=True),
    county(HETANG, "荷塘区", "Hetang District"),
    county(HETANG, "荷塘", "Hetang", is_short=True),
    (
        Place(Level.STREET, STREET, "嵩山路街道", "Songshanlu Street", Found(TIANYUAN, STREET)),
        ("嵩山路街道",),
    ),
    site(101, TIANYUAN, "锦绣花园", "Jinxiu Garden"),
    site(102, HETANG, "锦绣花园", "Jinxiu Garden"),
    site(103, TIANYUAN, "锦绣花园二期", "Jinxiu Garden Phase 2"),
    site(104, TIANYUAN, "银杏雅苑", "老电厂宿舍", "Yinxing Court"),
    site(105, HETANG, "荷塘边村", "Lotus Side Village"),
    site(106, TIANYUAN, "演示医院", "Demo Hospital"),
    site(107, HETANG, "桂花里", "Guihua Lanes"),
]
NAMES = Gazetteer(ENTRIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("银杏雅苑12栋3单元停电", 104),
        ("老电厂宿舍没水", 104),
        ("天元区锦绣花园停电", 101),
        ("锦绣花园5栋，在荷塘区，没水了", 102),
        ("不是荷塘区的锦绣花园，是天元区的锦绣花园", 101),
        ("锦绣花园２期没水", 103),
        ("住银杏雅苑，明早要去演示医院透析", 104),
        ("从银杏雅苑到演示医院，需要车", 104),
        ("请把药送到银杏雅苑", 104),
        ("是不是银杏雅苑停电了？", 104),
        ("荷塘边村没电", 105),
        ("No power in JINXIU-GARDEN phase 2", 103),
        ("I live at Yinxing  Court, not in Guihua Lanes", 104),
        ("Block 3, Yinxing Court in Tianyuan, no water", 104),
    ],
)
def test_the_place_that_a_text_is_about_is_found(text: str, expected: int) -> None:
    assert NAMES.read(text).found.site_id == expected


@pytest.mark.parametrize(
    ("text", "reason", "candidates"),
    [
        ("锦绣花园停电", "several", {101, 102}),
        ("银杏雅苑、桂花里都停电了", "several", {104, 107}),
        ("锦绣花园三期停水", "phase", {101, 102}),
        ("荷塘区银杏雅苑5栋", "elsewhere", {104}),
        ("去演示医院透析", "to", {106}),
        ("从银杏雅苑回来要不要报备", "from", {104}),
        ("我不住银杏雅苑", "not", {104}),
        ("not at Yinxing Court", "not", {104}),
        ("银杏雅苑对面路灯不亮", "near", {104}),
        ("near Yinxing Court", "near", {104}),
    ],
)
def test_what_is_not_clear_stays_open_with_the_reason(text: str, reason: str, candidates: set[int]) -> None:
    named = NAMES.read(text)
    assert (named.found.site_id, named.reason) == (None, reason)
    assert {place.id for place in named.candidates} == candidates


@pytest.mark.parametrize("text", ["", "停电了", "xYinxing Courtyard", "\x00", "12栋3单元"])
def test_a_text_without_a_known_name_names_nothing(text: str) -> None:
    named = NAMES.read(text)
    assert (named.found, named.reason) == (Found(), "none")


def test_candidates_in_one_district_tell_the_district_at_least() -> None:
    assert NAMES.read("银杏雅苑和演示医院都停电").found == Found(TIANYUAN, STREET)


def test_a_district_or_street_alone_is_a_place_too() -> None:
    assert NAMES.read("天元停电").found == Found(TIANYUAN)
    assert NAMES.read("嵩山路街道没有电").found == Found(TIANYUAN, STREET)


def test_a_shortened_district_is_a_hint_that_a_site_overrules() -> None:
    assert NAMES.read("荷塘风大，银杏雅苑停电").found.site_id == 104


def test_every_reason_has_its_words() -> None:
    texts = [
        "",
        "锦绣花园",
        "天元区锦绣花园",
        "天元",
        "不在银杏雅苑",
        "去演示医院",
        "银杏雅苑附近",
        "银杏雅苑九期",
    ]
    assert {NAMES.read(text).reason for text in texts} <= set(WORDS)


FULL = sorted({name for _, names in ENTRIES for name in names}, key=len)
AROUND = st.text(alphabet="停电了水在的 abc，。12栋银杏锦花荷", max_size=12)


@settings(max_examples=60, deadline=None)
@given(before=AROUND, name=st.sampled_from([name for name in FULL if not name.isascii()]), after=AROUND)
def test_a_name_put_into_any_text_is_found_and_the_longest_wins(before: str, name: str, after: str) -> None:
    words = [mention.words for mention in NAMES.mentions(before + name + after)]
    longer = [other for other in words if len(other) > len(name)]
    assert name in words or longer


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_no_text_whatever_makes_reading_fail(text: str) -> None:
    assert NAMES.read(text).reason in WORDS
