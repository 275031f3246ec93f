"""The words of messages, in both languages."""

import re

import pytest

from bihuan.spine.messages.wording import FOR_ALL, TEMPLATES, VALUES, plain_language, without_doors, write

CONTEXT = {name: f"<{name}>" for name in VALUES}
LINKED = {"received", "accept", "hold", "resolve", "close", "reopen", "merge", "breached", "agency_new"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_can_be_written_in_english_and_leaves_no_gap(template: str) -> None:
    subject, body = write(template, "en", CONTEXT)
    assert subject and body
    assert "%(" not in subject + body
    assert not re.search("[一-鿿]", subject + body)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_message_can_be_written_in_chinese(template: str) -> None:
    subject, body = write(template, "zh-hans", CONTEXT)
    assert re.search("[一-鿿]", subject) and re.search("[一-鿿]", body)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_message_fits_into_three_short_ones(template: str) -> None:
    context = CONTEXT | {
        "words": "",
        "url": "https://bihuan.example/r/482109375526/",
        "agency": "天元区供电所",
    }
    assert len(write(template, "zh-hans", context)[1]) <= 3 * 67
    assert len(write(template, "en", context)[1]) <= 3 * 153


@pytest.mark.parametrize("template", sorted(LINKED))
def test_where_something_can_be_looked_at_or_said_there_is_a_link(template: str) -> None:
    assert "<url>" in write(template, "en", CONTEXT)[1]


def test_a_resolved_message_quotes_the_office_and_asks_for_yes_or_no() -> None:
    body = write("resolve", "en", CONTEXT | {"words": "Fuse replaced."})[1]
    assert "“Fuse replaced.”" in body
    assert "yes or no: <url>" in body


def test_a_value_that_is_not_given_is_left_out() -> None:
    assert write("confirm", "en", {"receipt": "1"})[0] == "Your ask 1"


def test_an_unknown_template_is_an_error() -> None:
    with pytest.raises(KeyError):
        write("no_such_verb", "en", CONTEXT)


@pytest.mark.parametrize("said", ["en", "en-GB", "EN"])
def test_english_is_written_to_whoever_asked_for_it(said: str) -> None:
    assert plain_language(said) == "en"


@pytest.mark.parametrize("said", ["", "zh", "zh-CN", "fr"])
def test_everybody_else_is_written_to_in_chinese(said: str) -> None:
    assert plain_language(said) == "zh-hans"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("已送到12栋3单元502室", "已送到…"),
        ("药放在3-2-502门口", "药放在…门口"),
        ("Left at Building 7, Unit 2, Room 1203.", "Left at …, …, …."),
        ("一单元的水管已修好", "…的水管已修好"),
        ("5号楼502已恢复", "…已恢复"),
    ],
)
def test_door_numbers_are_taken_out_of_quoted_words(text: str, kept: str) -> None:
    assert without_doors(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 14:30 之前修好",
        "已修好，共3户恢复供电",
        "We come at 9-11 tomorrow",
        "请拨12345",
        "一共送了20份",
    ],
)
def test_dates_counts_and_numbers_to_call_stay(text: str) -> None:
    assert without_doors(text) == text


def test_words_in_a_message_lose_their_door_numbers() -> None:
    assert "502" not in write("resolve", "zh-hans", CONTEXT | {"words": "已送到3栋502室"})[1]


def test_looking_for_doors_takes_steps_in_proportion_to_the_text() -> None:
    # Each start of a long run of digits looks at a few of them only, never at all the rest.
    for piece in ("1", "一", "1 ", "1楼 - "):
        assert without_doors(piece * 20_000 + "x").endswith("x")


@pytest.mark.parametrize("template", sorted(FOR_ALL))
def test_an_announcement_to_everybody_may_name_a_building(template: str) -> None:
    assert "3号楼停电" in write(template, "zh-hans", {"words": "3号楼停电"})[1]
    assert "3号楼" not in write("reply", "zh-hans", {"words": "3号楼停电"})[1]


def test_a_line_of_work_adds_templates_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    from bihuan.spine.messages import wording

    monkeypatch.setattr(wording, "TEMPLATES", {})
    wording.add_templates({"found": wording.Template("No. %(number)s", "Found at %(agency)s.")})
    assert wording.write("found", "en", {"number": "7", "agency": "the gate"}) == (
        "No. 7",
        "Found at the gate.",
    )
