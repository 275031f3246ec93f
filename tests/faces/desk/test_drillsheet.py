"""Figures of drills in words and pictures."""

from typing import Any

import pytest

from bihuan.faces.desk import drillsheet
from bihuan.spine.messages.drills.reading import result_of
from bihuan.spine.messages.models import Message
from tests.spine.messages.drills.made import make_people, start

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("value", "words"), [(None, "—"), (0.4, "0"), (48, "48"), (200, "20")])
def test_a_time_to_answer_is_told_in_minutes_and_seconds(value: float | None, words: str) -> None:
    assert words in drillsheet.seconds(value)


def test_every_message_is_in_the_picture_once(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms", "smtp"]
    drill = start(make_people("ana", "ben", "eve"), ["sms", "smtp"])
    Message.objects.filter(pk__in=Message.objects.values("pk")[:2]).update(status="sent")
    Message.objects.filter(pk=Message.objects.order_by("-pk")[0].pk).update(status="failed")
    result = result_of(drill)
    picture = drillsheet.figures(result, [result])["drill-channels"]
    assert sum(sum(row["values"]) for row in picture["series"]) == Message.objects.count() == 6


def test_a_name_is_no_formula(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    people = make_people("ana")
    people[0].person.display_name = "=cmd()"
    people[0].person.save()
    from bihuan.spine.messages.drills.reading import list_people

    drill = start(people)
    assert "'=cmd()" in drillsheet.people_csv(result_of(drill), list_people(drill))
