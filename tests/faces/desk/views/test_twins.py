"""The keyboard screen for twins."""

from bihuan.kernel import clock
from bihuan.spine.cases.models import Case, Judgement, Pair
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.twins import judging
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_user

HTMX = {"HX-Request": "true"}


def pair_of(world: World) -> Pair:
    older, newer = make_case(world), make_case(world)
    return Pair.objects.create(older=older, newer=newer, strength=0.9, found_at=clock.now())


def test_a_pair_and_the_next_one_are_shown(world: World, sign_in: SignIn) -> None:
    first, second = pair_of(world), pair_of(world)
    context = sign_in(world.olga).get("/desk/twins/").context
    assert (context["current"].pair, context["next"].pair) == (first, second)


def test_a_judgement_brings_the_next_pair_at_once(world: World, sign_in: SignIn) -> None:
    first, second = pair_of(world), pair_of(world)
    answer = sign_in(world.olga).post(f"/desk/twins/{first.pk}/same/", headers=HTMX)
    assert answer.context["current"].pair == second
    assert "merged" in answer.content.decode()
    assert Case.objects.get(pk=first.newer_id).merged_into_id == first.older_id


def test_without_scripts_the_buttons_do_the_same(world: World, sign_in: SignIn) -> None:
    pair = pair_of(world)
    answer = sign_in(world.olga).post(f"/desk/twins/{pair.pk}/other/")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/twins/")
    pair.refresh_from_db()
    assert pair.verdict == Judgement.OTHER


def test_whoever_comes_second_is_told_and_goes_on_with_the_next(world: World, sign_in: SignIn) -> None:
    pair, other = pair_of(world), pair_of(world)
    oona = make_user("oona", world.olga.role, world.city)
    judging.judge(pair=pair, verdict=Judgement.OTHER, by=oona)
    answer = sign_in(world.olga).post(f"/desk/twins/{pair.pk}/same/", headers=HTMX)
    assert answer.status_code == 409
    assert "Oona said" in answer.content.decode()
    assert answer.context["current"].pair == other


def test_a_pair_that_cannot_be_merged_says_why_and_makes_way(world: World, sign_in: SignIn) -> None:
    pair, other = pair_of(world), pair_of(world)
    Case.objects.filter(pk=pair.older_id).update(status=Status.RESOLVED)
    answer = sign_in(world.olga).post(f"/desk/twins/{pair.pk}/same/", headers=HTMX)
    assert answer.status_code == 422
    assert answer.context["current"].pair == other


def test_undo_shows_the_pair_again(world: World, sign_in: SignIn) -> None:
    pair = pair_of(world)
    pair_of(world)
    client = sign_in(world.olga)
    client.post(f"/desk/twins/{pair.pk}/same/")
    answer = client.post("/desk/twins/undo/", headers=HTMX)
    assert answer.context["current"].pair == pair
    assert Case.objects.get(pk=pair.newer_id).status == Status.WAITING
    assert client.post("/desk/twins/undo/", headers=HTMX).status_code == 422


def test_a_pair_is_passed_over(world: World, sign_in: SignIn) -> None:
    pair, other = pair_of(world), pair_of(world)
    answer = sign_in(world.olga).post(f"/desk/twins/{pair.pk}/skip/", headers=HTMX)
    assert answer.context["current"].pair == other


def test_an_unknown_word_is_no_judgement(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.olga).post(f"/desk/twins/{pair_of(world).pk}/gone/").status_code == 404


def test_with_nothing_to_judge_the_page_says_so(world: World, sign_in: SignIn) -> None:
    assert "No pair waits" in sign_in(world.olga).get("/desk/twins/").content.decode()
