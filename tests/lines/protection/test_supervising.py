"""Pages for whoever is answerable."""

import csv
from io import BytesIO, StringIO

from bihuan.lines.protection import actions
from bihuan.lines.protection.models import Person
from bihuan.spine.audit.models import Event
from tests.faces.desk.conftest import SignIn
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World


def test_coverage_shows_an_offices_day(world: World, person: Person, sign_in: SignIn) -> None:
    actions.check(person=person, found="well", by=world.ben)
    page = sign_in(world.sam).get("/protection/coverage/").content.decode()
    assert "Power grid" in page
    assert "100%" in page
    assert sign_in(world.max).get("/protection/coverage/").status_code == 200


def test_the_export_holds_counts_and_nobody(world: World, person: Person, sign_in: SignIn) -> None:
    actions.check(person=person, found="no_answer", by=world.ben)
    body = sign_in(world.sam).get("/protection/coverage/export.csv").content.decode("utf-8-sig")
    head, row = list(csv.reader(StringIO(body)))
    assert dict(zip(head, row, strict=True))["no answer"] == "1"
    assert "吴" not in body
    assert Event.objects.filter(verb="export", actor=world.sam).count() == 1


def test_a_file_is_taken_in_or_comes_back_with_its_faults(world: World, sign_in: SignIn) -> None:
    make_site()
    client = sign_in(world.ben)
    good, bad = (
        BytesIO(f"name,site,kinds,consent\n吴甲,{s},alone,spoken\n".encode()) for s in ("home", "none")
    )
    good.name = bad.name = "list.csv"
    page = client.post("/protection/people/import/", {"file": bad})
    assert (page.status_code, Person.objects.count()) == (422, 0)
    assert client.post("/protection/people/import/", {"file": good}).status_code == 302
    assert Person.objects.count() == 1


def test_the_empty_file_has_the_headings_that_are_read(world: World, sign_in: SignIn) -> None:
    body = sign_in(world.ben).get("/protection/people/import/template.csv").content.decode("utf-8-sig")
    assert body.startswith("姓名,电话,小区")


def test_a_list_to_carry_names_people_only_for_a_purpose(
    world: World, person: Person, sign_in: SignIn
) -> None:
    client = sign_in(world.ben)
    assert "吴甲" not in client.get("/protection/round/").content.decode()
    assert not Event.objects.filter(verb="reveal").exists()
    page = client.post("/protection/round/", {"purpose": "check"}).content.decode()
    assert "吴甲" in page
    assert "2单元0501" in page
    assert Event.objects.filter(verb="reveal", subject_id=person.pk).count() == 1
