"""Twins and banners for programs."""

from bihuan.kernel import clock
from bihuan.spine.cases.models import Banner, Case, Pair
from bihuan.spine.cases.states import Status
from tests.faces.api.conftest import Call
from tests.spine.cases.banners.area_of import WORDS, make_site, put_up
from tests.spine.cases.known import World, make_case
from tests.spine.cases.twins.town import LAT, LON, place


def pair_of(world: World) -> Pair:
    older, newer = make_case(world), make_case(world)
    signs = [{"kind": "phone"}]
    return Pair.objects.create(older=older, newer=newer, signs=signs, strength=0.9, found_at=clock.now())


def test_pairs_are_listed_and_judged(world: World, call: Call) -> None:
    pair = pair_of(world)
    listed = call(world.olga, "GET", "/twins").json()["items"]
    assert [(one["id"], one["older"]["id"], one["signs"]) for one in listed] == [
        (pair.pk, pair.older_id, [{"kind": "phone"}])
    ]
    judged = call(world.olga, "POST", f"/twins/{pair.pk}/judge", {"verdict": "same"})
    assert (judged.status_code, judged.json()["verdict"]) == (200, "same")
    assert Case.objects.get(pk=pair.newer_id).status == Status.MERGED
    assert call(world.olga, "GET", "/twins").json()["items"] == []


def test_the_second_judgement_is_a_conflict_and_a_third_word_a_mistake(world: World, call: Call) -> None:
    pair = pair_of(world)
    call(world.olga, "POST", f"/twins/{pair.pk}/judge", {"verdict": "other"})
    assert call(world.olga, "POST", f"/twins/{pair.pk}/judge", {"verdict": "same"}).status_code == 409
    assert call(world.olga, "POST", f"/twins/{pair.pk}/judge", {"verdict": "gone"}).status_code == 422


def test_a_judgement_and_a_merge_are_taken_back(world: World, call: Call) -> None:
    pair = pair_of(world)
    call(world.olga, "POST", f"/twins/{pair.pk}/judge", {"verdict": "same"})
    assert call(world.olga, "POST", "/twins/undo").json()["verdict"] == "open"
    call(world.olga, "POST", f"/cases/{pair.newer_id}/merge", {"into": pair.older_id})
    back = call(world.olga, "POST", f"/cases/{pair.newer_id}/unmerge")
    assert (back.status_code, back.json()["status"]) == (200, "waiting")


def test_a_known_fault_is_announced_and_taken_down(world: World, call: Call) -> None:
    case, site = make_case(world, **place(0)), make_site("月亮小区")
    circle = {"lon": LON, "lat": LAT, "radius_m": 300}
    body = {
        "case": case.pk,
        "services": ["power_failure"],
        "words_zh": WORDS,
        "sites": [site.code],
        "circle": circle,
    }
    made = call(world.max, "POST", "/banners/put_up", body)
    assert made.status_code == 201
    assert [one["code"] for one in made.json()["sites"]] == [site.code]
    number = made.json()["id"]
    assert [one["id"] for one in call(world.ben, "GET", "/banners").json()["items"]] == [number]
    assert call(world.max, "POST", f"/banners/{number}/end").json()["ended_at"]
    assert call(world.max, "POST", f"/banners/{number}/end").status_code == 409


def test_what_is_unknown_is_refused_by_its_field(world: World, call: Call) -> None:
    body = {"case": make_case(world).pk, "services": ["nowhere"], "words_zh": WORDS}
    refused = call(world.olga, "POST", "/banners/put_up", body)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "services")
    assert not Banner.objects.exists()


def test_what_was_asked_before_is_gathered(world: World, call: Call) -> None:
    make_case(world, **place(0))
    banner = put_up(world)
    assert call(world.olga, "POST", f"/banners/{banner.pk}/gather").json() == {"merged": 1, "left": 0}


def test_the_askers_of_a_big_case_come_a_page_at_a_time(world: World, call: Call) -> None:
    case = make_case(world, askers=3)
    first, *rest = call(world.olga, "GET", f"/cases/{case.pk}").json()["askers"]
    more = call(world.olga, "GET", f"/cases/{case.pk}/askers?after={first['submission']}").json()["items"]
    assert more == rest
