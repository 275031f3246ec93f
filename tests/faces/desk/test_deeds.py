"""The verbs on the desk: each of the table of moves has a form and an action."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict
from PIL import Image

from bihuan.faces.desk import deeds
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import VERBS, Status
from bihuan.spine.door.models import Photo
from tests.spine.cases.known import World, make_case, make_service

BY_ITSELF = {"close", "slip"}


def _do(verb: str, case: Case, by: User, photo: SimpleUploadedFile | None = None, **said: object) -> None:
    data = QueryDict(mutable=True)
    data.update({name: str(value) for name, value in said.items()})
    files = MultiValueDict({"photo": [photo]} if photo else {})
    form = deeds.bound(verb, data, files, case)
    assert form.is_valid(), form.errors
    deeds.DEEDS[verb].do(case, by, form.cleaned_data)
    case.refresh_from_db()


def _picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 6), "green").save(out, "JPEG")
    return SimpleUploadedFile("done.jpg", out.getvalue(), "image/jpeg")


def test_every_verb_that_people_make_is_on_the_desk() -> None:
    assert set(deeds.DEEDS) == set(VERBS) - BY_ITSELF


def test_accept_takes_the_case_in_hand(world: World) -> None:
    case = make_case(world)
    _do("accept", case, world.ben)
    assert (case.status, case.officer) == (Status.ACCEPTED, world.ben)


def test_assign_gives_it_to_the_agency_that_was_chosen(world: World) -> None:
    case = make_case(world, Status.TRIAGE)
    _do("assign", case, world.olga, agency=world.water.pk)
    assert (case.status, case.agency) == (Status.WAITING, world.water)


def test_hold_asks_the_question(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    _do("hold", case, world.ben, question="Which floor?")
    assert case.notes.get().text == "Which floor?"


def test_resolve_keeps_the_photo_as_proof(world: World) -> None:
    case = make_case(world, Status.ACCEPTED, service=make_service("proof", needs_proof=True))
    _do("resolve", case, world.ben, _picture(), reply="done")
    assert case.status == Status.RESOLVED
    assert case.notes.get().photo == Photo.objects.get()


def test_a_refused_resolve_leaves_no_photo_behind(world: World) -> None:
    case = make_case(world, Status.WAITING)
    with pytest.raises(Refused):
        _do("resolve", case, world.ben, _picture(), reply="done")
    assert not Photo.objects.exists()


def test_merge_joins_the_twin_of_that_number(world: World) -> None:
    case, twin = make_case(world), make_case(world)
    _do("merge", case, world.olga, into=twin.pk)
    assert case.merged_into == twin


def test_merge_into_a_case_that_one_may_not_know_of_finds_nothing(world: World) -> None:
    case, foreign = make_case(world), make_case(world, agency=world.water)
    with pytest.raises(Http404):
        _do("merge", case, world.ben, into=foreign.pk)


def test_a_team_is_sent_for_a_task_and_reports(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    task = actions.add_task(case=case, title="look", by=world.ben)
    _do("dispatch", case, world.ben, task=task.pk, unit=f"team-{world.team.pk}")
    sent = task.assignments.get()
    _do("arrive", case, world.ben, assignment=sent.pk)
    _do("finish", case, world.ben, assignment=sent.pk)
    sent.refresh_from_db()
    assert (sent.team, sent.status) == (world.team, "done")


def test_a_person_is_sent(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    task = actions.add_task(case=case, title="look", by=world.ben)
    _do("dispatch", case, world.ben, task=task.pk, unit=f"person-{world.cleo.pk}")
    assert task.assignments.get().person == world.cleo


def test_a_task_of_another_case_is_not_found(world: World) -> None:
    case, other = make_case(world, Status.ACCEPTED), make_case(world, Status.ACCEPTED)
    task = actions.add_task(case=other, title="look", by=world.ben)
    with pytest.raises(Http404):
        _do("dispatch", case, world.ben, task=task.pk, unit=f"team-{world.team.pk}")


def test_a_child_case_goes_to_the_other_agency(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    _do("child", case, world.ben, service=world.service.pk, agency=world.water.pk, text="shut the valve")
    assert case.children.get().agency == world.water


def test_a_blank_form_shows_what_is_known(world: World) -> None:
    case = make_case(world)
    assert deeds.blank("set_priority", case)["priority"].value() == case.priority
