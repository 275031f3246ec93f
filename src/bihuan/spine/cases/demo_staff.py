"""Accounts of the demonstration: one password that everybody may know, a bearer token and shifts for each."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from bihuan.kernel.clock import now
from bihuan.spine.accounts.models import Agency, Token, User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.resources.models import Shift
from bihuan.spine.resources.rota import three_shifts

ROTA_DAYS = 29  # from yesterday on
TOKEN_NAME = "drill"  # noqa: S105  # the name of the token, not the token


@transaction.atomic
def write_staff(rows: Iterable[Mapping[str, Any]], password: str) -> list[dict[str, str]]:
    """Write the accounts and give each a fresh token; return what a person or a program needs to come in."""
    rows, roles = list(rows), write_roles()
    agencies = Agency.objects.in_bulk(field_name="code")
    secret = make_password(
        password
    )  # hashed once: a slow hash for each of forty would take longer than the city
    User.objects.bulk_create(
        [
            User(
                username=row["username"],
                password=secret,
                display_name=row["display_name"],
                role=roles[row["role"]],
                agency=agencies[row["agency"]],
                is_staff=row["role"] == "administrator",
                date_joined=now(),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["username"],
        update_fields=["password", "display_name", "role", "agency", "is_staff"],
    )
    Token.objects.filter(name=TOKEN_NAME, revoked_at__isnull=True).update(revoked_at=now())
    users = User.objects.in_bulk([row["username"] for row in rows], field_name="username")
    return [{**row, "password": password, "token": issue(users[row["username"]], TOKEN_NAME)} for row in rows]


@transaction.atomic
def write_rota(rows: Iterable[Mapping[str, Any]]) -> int:
    """Write three shifts round the clock for people who take turns, where they have none yet; return how many."""
    agencies = Agency.objects.in_bulk(field_name="code")
    people = User.objects.in_bulk(field_name="username")
    spans = three_shifts(timezone.localtime(now()).date() - timedelta(days=1), ROTA_DAYS)
    taken = set(Shift.objects.values_list("person_id", "from_at"))
    shifts = [
        Shift(agency=agencies[row["agency"]], person=person, duty=row["duty"], from_at=since, until_at=until)
        for row in rows
        for n, (since, until) in enumerate(spans)
        for person in [people[row["people"][n % len(row["people"])]]]
        if (person.pk, since) not in taken
    ]
    return len(Shift.objects.bulk_create(shifts, batch_size=500))
