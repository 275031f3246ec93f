"""Service levels as an administrator sees them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Agreement, Case, Level, Recount
from bihuan.spine.cases.promises import agreeing, clocks
from tests.spine.cases.known import World, make_case, make_user

LINE = {
    "calendar": "", "priority": "urgent", "dispatch_min": "10 min", "accept_min": "15 min", "reply_min": "1 h",
    "resolve_min": "1 h 30 min", "from_min": "22:00", "until_min": "06:00", "service": "", "urgency": "life",
    "zone_state": "sealed",
}  # fmt: skip


@pytest.fixture
def ada(world: World, client: Client) -> Client:
    client.force_login(make_user("ada", write_roles()["administrator"], None))
    return client


@pytest.fixture
def draft(ada: Client) -> Agreement:
    ada.post(reverse("desk:levels"), {"note": "for the night"})
    return Agreement.objects.get(status="draft")


def _case(world: World, **fields: object) -> Case:
    case = make_case(world, **fields)  # type: ignore[arg-type]
    for name, value in clocks.start(case, clock.now()).items():
        setattr(case, name, value)
    case.save()
    return case


def test_the_version_in_force_is_copied_as_a_draft(draft: Agreement) -> None:
    first = Agreement.objects.get(number=1)
    assert (draft.number, draft.note) == (2, "for the night")
    assert draft.levels.count() == first.levels.count()
    assert Event.objects.filter(verb="level_copied").count() == 1


def test_a_line_is_typed_in_words_of_the_field(ada: Client, draft: Agreement) -> None:
    calendar = draft.levels.get(urgency="", priority="normal").calendar_id
    address = reverse("desk:level_line_new", args=[draft.number])
    assert ada.post(address, {**LINE, "calendar": calendar}).status_code == 302
    line = draft.levels.get(zone_state="sealed")
    assert (line.dispatch_min, line.accept_min, line.reply_min, line.resolve_min) == (10, 15, 60, 90)
    assert (line.from_min, line.until_min) == (22 * 60, 6 * 60)
    page = ada.get(reverse("desk:level_line", args=[draft.number, line.pk])).content.decode()
    assert 'value="22:00"' in page and 'value="90 min"' in page


def test_what_is_no_time_comes_back_with_a_hint(ada: Client, draft: Agreement) -> None:
    calendar = draft.levels.first().calendar_id
    wrong = {**LINE, "calendar": calendar, "reply_min": "soon", "from_min": "late"}
    response = ada.post(reverse("desk:level_line_new", args=[draft.number]), wrong)
    assert response.status_code == 422
    assert {"reply_min", "from_min"} <= set(response.context["form"].errors)


def test_lines_are_moved_and_removed(ada: Client, draft: Agreement) -> None:
    first, second, *_rest = draft.levels.order_by("order")
    ada.post(reverse("desk:level_line", args=[draft.number, second.pk]), {"do": "up"})
    assert list(draft.levels.order_by("order"))[:2] == [second, first]
    ada.post(reverse("desk:level_line", args=[draft.number, second.pk]), {"do": "remove"})
    assert not Level.objects.filter(pk=second.pk).exists()


def test_the_preview_counts_what_would_become_late_and_lists_it_to_whoever_may_see_cases(
    ada: Client, draft: Agreement, world: World
) -> None:
    earlier = clock.now() - timedelta(minutes=30)
    with clock.running(lambda: earlier):
        case = _case(world)
    draft.levels.update(accept_min=5, dispatch_min=5)
    page = ada.get(reverse("desk:level_preview", args=[draft.number]))
    assert page.context["preview"].total.newly_late == 1
    assert list(page.context["late"]) == []
    case.refresh_from_db()
    assert case.level.agreement.number == 1


def test_a_version_is_put_in_force_for_new_cases_and_if_wanted_for_open_ones(
    ada: Client, draft: Agreement
) -> None:
    address = reverse("desk:level_preview", args=[draft.number])
    draft.levels.filter(urgency="planned").delete()
    draft.levels.filter(priority="urgent").delete()
    draft.levels.update(priority="")
    assert ada.post(address, {"over": "1", "open": "1"}).status_code == 302
    assert Agreement.objects.get(status="in_force").number == draft.number
    assert Recount.objects.get().agreement == draft
    page = ada.get(reverse("desk:level_version", args=[draft.number])).content.decode()
    assert "<progress" in page


def test_without_a_last_line_that_fits_everything_a_version_is_refused(ada: Client, draft: Agreement) -> None:
    response = ada.post(reverse("desk:level_preview", args=[draft.number]), {"over": "1"})
    assert response.status_code == 422
    assert Agreement.objects.get(status="in_force").number == 1


def test_whoever_puts_a_version_in_force_second_is_told_who_was_first(ada: Client, world: World) -> None:
    drafts = []
    for _ in range(2):
        ada.post(reverse("desk:levels"))
        one = Agreement.objects.order_by("-number").first()
        one.levels.filter(priority="urgent").delete()
        one.levels.filter(urgency="planned").delete()
        one.levels.update(priority="")
        drafts.append(one)
    answers = [ada.post(reverse("desk:level_preview", args=[one.number]), {"over": "1"}) for one in drafts]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "Ada" in answers[1].content.decode()


def test_a_version_in_force_can_not_be_edited(ada: Client, world: World) -> None:
    line = Level.objects.filter(agreement__number=1).first()
    response = ada.post(reverse("desk:level_line", args=[1, line.pk]), {"do": "remove"})
    assert response.status_code == 302
    assert Level.objects.filter(pk=line.pk).exists()


def test_an_officer_may_not_write_levels(world: World) -> None:
    with pytest.raises(Forbidden):
        agreeing.copy_in_force(by=world.ben)
