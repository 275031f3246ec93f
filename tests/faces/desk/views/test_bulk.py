"""Marking cases in the queue and doing one verb to all of them."""

from bihuan.spine.cases.models import CannedAnswer, Case, Note
from bihuan.spine.cases.states import Status
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case


def test_rows_can_be_marked_once_that_is_asked_for(world: World, sign_in: SignIn) -> None:
    make_case(world)
    ben = sign_in(world.ben)
    assert 'data-key="x"' not in ben.get("/desk/").content.decode()
    page = ben.get("/desk/?mark=1").content.decode()
    assert 'data-key="x"' in page
    assert '<option value="resolve">' in page
    assert '<option value="assign">' not in page


def test_a_verb_that_asks_nothing_is_done_at_once(world: World, sign_in: SignIn) -> None:
    cases = [make_case(world).pk, make_case(world, Status.HOLD).pk]
    page = sign_in(world.ben).post("/desk/many/ask/", {"verb": "accept", "case": cases}, follow=True)
    words = page.content.decode()
    assert "Done for one case." in words
    assert "One could not be done." in words
    assert Case.objects.get(pk=cases[0]).officer == world.ben


def test_a_verb_with_words_asks_for_them_and_then_does_it(world: World, sign_in: SignIn) -> None:
    case, ben = make_case(world, Status.ACCEPTED), sign_in(world.ben)
    page = ben.post("/desk/many/ask/", {"verb": "reply", "case": [case.pk]})
    assert page.context["numbers"] == [case.pk]
    said = {"verb": "reply", "case": [case.pk], "key": page.context["key"], "reply": "We come."}
    for _ in range(2):
        ben.post("/desk/many/", said)
    assert [note.text for note in Note.objects.filter(case=case)] == ["We come."]


def test_a_canned_answer_may_stand_for_the_words(world: World, sign_in: SignIn) -> None:
    canned = CannedAnswer.objects.create(title="x", text_zh="好了", text_en="Done")
    case = make_case(world, Status.ACCEPTED)
    said = {"verb": "resolve", "case": [case.pk], "key": "k", "canned": canned.pk}
    assert sign_in(world.ben).post("/desk/many/", said).status_code == 302
    assert Note.objects.get(case=case).text == "Done"


def test_without_any_words_it_is_asked_again(world: World, sign_in: SignIn) -> None:
    case = make_case(world, Status.ACCEPTED)
    page = sign_in(world.ben).post("/desk/many/", {"verb": "resolve", "case": [case.pk], "key": "k"})
    assert page.status_code == 422
    assert Case.objects.get(pk=case.pk).status == Status.ACCEPTED


def test_the_pages_script_is_told_how_many(world: World, sign_in: SignIn) -> None:
    said = {"verb": "accept", "case": [make_case(world).pk], "key": "k"}
    answer = sign_in(world.ben).post("/desk/many/", said, headers={"accept": "application/json"})
    assert answer.json() == {"done": 1}


def test_nothing_marked_leads_back_to_the_queue(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).post("/desk/many/ask/", {"verb": "accept"}).url == "/desk/"


def test_what_somebody_else_did_is_not_shown(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    sign_in(world.ben).post("/desk/many/", {"verb": "accept", "case": [case.pk], "key": "k"})
    page = sign_in(world.eve).get("/desk/many/k/")
    assert (page.context["done"], page.context["undone"]) == ([], [])
