"""Invented people in care for the demonstration, so that its list is not empty. The same each time."""

import random
from datetime import timedelta

from django.db import transaction

from bihuan.kernel import clock
from bihuan.lines.protection import actions, due
from bihuan.lines.protection.drafts import Draft
from bihuan.lines.protection.kinds import Kind, Status, SupplyKind
from bihuan.lines.protection.models import Person
from bihuan.spine.accounts.models import Agency
from bihuan.spine.places.models import Site, SiteKind

SEED = 2022
IN_EACH = 8  # people of each community centre
FAMILY, GIVEN = "王李张刘陈杨黄赵周吴", "甲乙丙丁戊己庚辛"
GIVEN_WITH = (
    (SupplyKind.OXYGEN, Kind.OXYGEN, 9),
    (SupplyKind.FORMULA, Kind.INFANT, 12),
    (SupplyKind.MEDICINE, Kind.MEDICINE, 20),
)
MIXES = (
    (Kind.ALONE,), (Kind.OXYGEN, Kind.BEDRIDDEN), (Kind.DIALYSIS,), (Kind.PREGNANT,), (Kind.INFANT,),
    (Kind.ALONE, Kind.MEDICINE), (Kind.BEDRIDDEN,), (Kind.CONFUSED, Kind.ALONE),
)  # fmt: skip


@transaction.atomic
def list_people() -> int:
    """List invented people at the compounds of each community centre; where some are listed, none are added."""
    if Person.objects.filter(is_synthetic=True).exists():
        return 0
    chance = random.Random(SEED)  # noqa: S311  # an invented city, no secret
    drafts = [
        _draft(number, agency, site, chance)
        for agency in Agency.objects.filter(code__endswith="-community").order_by("code")
        for number, site in enumerate(_homes(agency))
    ]
    numbered = [_with_phone(draft, k) for k, draft in enumerate(drafts)]
    people = actions.add_many(drafts=numbered, by=None, is_synthetic=True)
    for person in people:
        _give(person, chance)
    return len(people)


def _homes(agency: Agency) -> list[Site]:
    """Return compounds of the district whose community centre this is, each for several people."""
    district = (agency.parent.name_zh if agency.parent else "").removesuffix("指挥部")
    homes = list(Site.objects.filter(kind=SiteKind.COMPOUND, district__name_zh=district).order_by("code")[:4])
    return (homes * IN_EACH)[:IN_EACH]


def _draft(number: int, agency: Agency, site: Site, chance: random.Random) -> Draft:
    kinds = MIXES[number % len(MIXES)]
    birth = clock.now().date() + timedelta(days=chance.randint(5, 60)) if Kind.PREGNANT in kinds else None
    return Draft(
        name=f"{chance.choice(FAMILY)}{GIVEN[number % len(GIVEN)]}", site=site, agency=agency,
        kinds=tuple(kind.value for kind in kinds), consent="spoken", building=f"{chance.randint(1, 12)}栋",
        door=f"{chance.randint(1, 4)}单元{chance.randint(1, 18):02}0{chance.randint(1, 4)}",
        every_h=12 if Kind.OXYGEN in kinds else 24, from_h=8, until_h=20,
        dialysis_days="135" if Kind.DIALYSIS in kinds else "", birth_due_on=birth, note="演示用，虚构人物",
    )  # fmt: skip


def _with_phone(draft: Draft, number: int) -> Draft:
    return Draft(**{**vars(draft), "phone": f"1990000{8000 + number:04}"})


def _give(person: Person, chance: random.Random) -> None:
    """Give a person what can run out, and a day's rota that does not fall due all at once."""
    kinds = person.kind_list
    for kind, wanted, most in GIVEN_WITH:
        if wanted in kinds:
            amount = float(chance.randint(2, most))
            actions.count_supply(person=person, kind=kind, amount=amount, daily_use=1.0, by=None)
    spread = due.first_check(person.rota, clock.now() + timedelta(minutes=chance.randint(0, 600)))
    same = Person.objects.filter(pk=person.pk, status=Status.LISTED)
    same.update(next_check_at=spread, alarm_at=person.rota.missed_at(spread))
