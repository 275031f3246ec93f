"""What must never hold twice."""

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.lines.abroad.models import Handing, Heard, Link, Mapping, Saying
from bihuan.spine.cases.models import Case


def test_nothing_is_kept_twice(link: Link, case: Case) -> None:
    now = clock.now()
    handing = Handing(link=link, case=case, handed_at=now, created_at=now)
    handing.save()
    mapping = Mapping.objects.get()
    said = Saying(handing=handing, event_id=1, verb="say", due_at=now)
    heard = Heard(link=link, update_id="1", at=now)
    said.save()
    heard.save()
    for row in (mapping, said, heard, handing):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
