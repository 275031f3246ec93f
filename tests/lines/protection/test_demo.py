"""Invented people in care."""

from bihuan.drill.city import make_city
from bihuan.kernel.private import unseal
from bihuan.lines.protection.demo import IN_EACH, list_people
from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.city import write_city


def test_each_community_has_people_who_are_marked_as_invented_once(db: None) -> None:
    write_city(make_city(2022, small=True))
    centres = Agency.objects.filter(code__endswith="-community").count()
    assert list_people() == centres * IN_EACH
    assert list_people() == 0
    assert Person.objects.filter(is_synthetic=False).count() == 0
    assert all(unseal(one.phone_sealed).startswith("+861990000") for one in Person.objects.all())
