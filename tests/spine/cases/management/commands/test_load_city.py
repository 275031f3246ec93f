"""The command that loads the demonstration city."""

import json
import stat

import pytest
from django.core.management import CommandError, call_command

from bihuan.drill.city import make_city
from bihuan.spine.accounts.models import Role, User
from bihuan.spine.places.models import Site

pytestmark = pytest.mark.django_db


def test_it_says_how_much_it_loaded(capsys) -> None:
    call_command("load_city", "--small")
    assert f"sites: {Site.objects.count()}\n" in capsys.readouterr().out
    assert not User.objects.exists()


def test_accounts_go_to_a_file_that_only_its_owner_can_read(tmp_path, settings) -> None:
    settings.BIHUAN_DEMO = True
    path = tmp_path / "below" / "accounts.json"
    call_command("load_city", "--small", "--demo", "--accounts", path)
    accounts = json.loads(path.read_text())
    assert {account["username"] for account in accounts} == set(
        User.objects.values_list("username", flat=True)
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_accounts_with_a_known_password_are_refused_outside_the_demo(settings) -> None:
    settings.BIHUAN_DEMO = False
    with pytest.raises(CommandError, match="BIHUAN_DEMO"):
        call_command("load_city", "--small", "--demo")
    assert not User.objects.exists()


def _city_file(folder, **changes):
    path = folder / "city.json"
    path.write_text(json.dumps({**make_city(3, small=True), **changes}))
    return path


def test_a_real_city_comes_from_a_file(tmp_path) -> None:
    sites = make_city(3, small=True)["sites"][:4]
    call_command("load_city", _city_file(tmp_path, sites=sites, rules=[]), verbosity=0)
    assert set(Site.objects.values_list("code", flat=True)) == {site["code"] for site in sites}
    assert set(Role.objects.values_list("code", flat=True)) >= {"operator", "officer"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sites": [{**make_city(3, small=True)["sites"][0], "district": "999999"}]}, "999999"),
        ({"sites": [{**make_city(3, small=True)["sites"][0], "colour": "red"}]}, "colour"),
        ({"agencies": [{"code": "a", "parent": "b", "name_zh": "甲", "name_en": ""}]}, "without a parent"),
    ],
)
def test_a_faulty_city_is_refused_in_a_sentence_and_leaves_nothing(tmp_path, changes, said) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("load_city", _city_file(tmp_path, **changes))
    assert not Site.objects.exists()


@pytest.mark.parametrize("content", ["[]", "{", "no"])
def test_a_file_that_holds_no_city_is_refused(tmp_path, content) -> None:
    path = tmp_path / "city.json"
    path.write_text(content)
    with pytest.raises(CommandError, match=r"city\.json"):
        call_command("load_city", path)


def test_a_city_without_one_of_its_lists_is_refused(tmp_path) -> None:
    path = tmp_path / "city.json"
    path.write_text("{}")
    with pytest.raises(CommandError, match="districts"):
        call_command("load_city", path)
