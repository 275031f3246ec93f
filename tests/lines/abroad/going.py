"""Letting time pass and the traveller go."""

from typing import Any

from bihuan.kernel import clock
from bihuan.lines.abroad.gathering import gather
from bihuan.lines.abroad.models import Handing, Link, Saying
from bihuan.lines.abroad.travelling import journey
from bihuan.spine.audit.sealing import seal_once
from bihuan.spine.cases.models import Case


def go(link: Link) -> Handing:
    """Find what is to go out, go there whatever is due when, and return the newest Handing."""
    seal_once()
    gather()
    now = clock.now()
    Handing.objects.exclude(due_at=None).update(due_at=now)
    Saying.objects.update(due_at=now)
    Link.objects.update(poll_at=now)
    assert journey(link.pk)
    return newest(link)


def newest(link: Link) -> Handing:
    return Handing.objects.filter(link=link).select_related("case", "link").order_by("-id")[0]


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def change(link: Link, **fields: Any) -> None:
    Link.objects.filter(pk=link.pk).update(**fields)
