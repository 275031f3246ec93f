"""The asker's own link: two big buttons, one tap, no script, no login."""

import re
from typing import Any

import pytest
from django.test import Client

from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Note, NoteKind, Visit
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case


@pytest.fixture
def link(world: World) -> tuple[Case, str]:
    case = make_case(world, Status.WORKING)
    actions.resolve(case=case, by=world.ben, reply="the lamp of door 12-503 is lit")
    return case, re.sub(r"^https?://[^/]+", "", actions.slip(case=case, by=world.olga))


def page(client: Client, address: str) -> str:
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def test_looking_answers_nothing(client: Client, link: tuple[Case, str]) -> None:
    case, address = link
    for _ in range(2):
        assert "Yes, it is done" in page(client, address)
    client.head(address)
    assert Visit.objects.get(case=case).answered_at is None


def test_it_shows_the_reply_without_a_door(client: Client, link: tuple[Case, str]) -> None:
    shown = page(client, link[1])
    assert "the lamp of" in shown
    assert "12-503" not in shown


def test_one_tap_closes_and_the_next_says_how_content(client: Client, link: tuple[Case, str]) -> None:
    case, address = link
    assert client.post(address, {"said": "yes"}).status_code == 302
    assert Case.objects.get(pk=case.pk).status == Status.CLOSED
    assert "How content are you" in page(client, address)
    client.post(address, {"content": "yes"})
    assert Visit.objects.get(case=case).content == "yes"
    assert "How content are you" not in page(client, address)


def test_a_no_by_one_of_the_reasons_opens_it_again(client: Client, link: tuple[Case, str]) -> None:
    case, address = link
    client.post(address, {"said": "no", "reason": "nobody", "text": "waited all day"})
    assert Case.objects.get(pk=case.pk).status == Status.REOPENED
    note = Note.objects.get(case=case, kind=NoteKind.DISAGREE)
    assert note.text.splitlines()[1:] == ["waited all day"]
    assert "open again" in page(client, address)


def test_a_no_without_a_reason_comes_back_with_its_form_open(client: Client, link: tuple[Case, str]) -> None:
    case, address = link
    answer = client.post(address, {"said": "no"})
    assert answer.status_code == 422
    assert "<details" in answer.content.decode()
    assert Visit.objects.get(case=case).answered_at is None


@pytest.mark.parametrize("said", [{}, {"said": "maybe"}, {"content": "yes"}, {"said": "yes\0"}])
def test_what_the_page_does_not_ask_changes_nothing(
    client: Client, link: tuple[Case, str], said: dict[str, Any]
) -> None:
    assert client.post(link[1], said).status_code in {409, 422}
    assert Visit.objects.get(case=link[0]).answered_at is None


def test_a_second_yes_is_told_politely(client: Client, link: tuple[Case, str]) -> None:
    client.post(link[1], {"said": "yes"})
    again = client.post(link[1], {"said": "yes"})
    assert again.status_code in {409, 422}
    assert Case.objects.get(pk=link[0].pk).status == Status.CLOSED


@pytest.mark.parametrize("said", ["yes", "no"])
def test_an_older_link_does_not_answer_a_newer_question(
    client: Client, world: World, link: tuple[Case, str], said: str
) -> None:
    client.post(link[1], {"said": "no", "reason": "nobody"})
    case = actions.resolve(case=Case.objects.get(pk=link[0].pk), by=world.ben, reply="now it is")
    assert client.post(link[1], {"said": said, "reason": "nobody"}).status_code == 409
    assert Case.objects.get(pk=case.pk).status == Status.RESOLVED


def test_a_link_ends_when_the_case_is_closed(client: Client, link: tuple[Case, str]) -> None:
    actions.close(case=link[0], by=SYSTEM)
    assert client.post(link[1], {"said": "no", "reason": "nobody"}).status_code == 409
    assert Case.objects.get(pk=link[0].pk).status == Status.CLOSED


def test_a_link_that_nobody_was_given_is_not_found(db: None, client: Client) -> None:
    assert client.get("/v/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404


def test_the_address_does_not_travel_and_is_not_searched(client: Client, link: tuple[Case, str]) -> None:
    answer = client.get(link[1])
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
