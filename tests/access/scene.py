"""The small city in which every address is tried, with one of everything that an address can name."""

from datetime import timedelta

from django.core.cache import cache

from bihuan.kernel import clock
from bihuan.lines.abroad import linking
from bihuan.lines.abroad.models import Handing
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.models import Alarm, Pass, Trip
from bihuan.lines.passes.states import Status as PassStatus
from bihuan.spine.accounts.models import Token
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.cases import drilling
from bihuan.spine.cases.models import Calendar, CannedAnswer, Case, Level, Pair, Report, Shedding
from bihuan.spine.cases.states import Status
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import file_of
from bihuan.spine.messages.models import Drill
from bihuan.spine.messages.webhooks import switching
from bihuan.spine.paper.lists import Opening
from bihuan.spine.paper.numbers import reserve
from bihuan.spine.paper.printing import print_shift
from bihuan.spine.resources.models import Shift
from tests.access.rules import Scene
from tests.lines.passes.checkpoints.known import make_telephone
from tests.lines.passes.known import make_pass
from tests.lines.protection.known import make_person, make_supply
from tests.spine.cases.banners.area_of import put_up
from tests.spine.cases.known import (
    World,
    make_asker,
    make_case,
    make_edition,
    make_photo,
    make_rule,
    make_service,
    make_user,
    make_world,
)
from tests.spine.messages.calls.made import ring


def make_scene() -> Scene:
    """Make it: the Case is Ben's; Eve works at another agency, Dan has no role."""
    cache.clear()
    world, roles = make_world(), write_roles()
    case = make_case(world, Status.ACCEPTED, officer=world.ben)
    asker = make_asker(case)
    person = make_person(world)
    supply = make_supply(person)
    pass_ = make_pass(world, PassStatus.ISSUED, receipt=asker.submission.receipt)
    people = {
        "nobody": None, "dan": world.dan, "cleo": world.cleo, "ben": world.ben, "eve": world.eve,
        "olga": world.olga, "sam": world.sam, "max": world.max,
        "ada": make_user("ada", roles["administrator"], None), "aud": make_user("aud", roles["auditor"], None),
        "pia": make_user("pia", roles["reviewer"], world.water),
    }  # fmt: skip
    samples = {
        "edition_id": make_edition().pk, "rule_id": make_rule(1, world.grid).pk,
        "pass_id": pass_.pk, "trip_id": _trip(pass_).pk, "step": "gate", "goods": "medical",
        "person_id": person.pk, "supply_id": supply.pk,
        "report_id": _report(world).pk, **_road(world),
        "token_id": _token(world),
        "case_id": case.pk, "submission_id": asker.submission_id, "field": "phone", "kind": "csv", "verb": "note",
        "pair_id": _pair(world, case).pk, "verdict": "other", "banner_id": put_up(world, case).pk,
        "call_id": ring().pk, "contact_id": 1,
        "asker_id": asker.pk, "token": "not-a-token", "shift_id": _shift(world).pk,
        "drill_id": _drill(world).pk,
        "service": world.service.code, "receipt": asker.submission.receipt, "name": "districts",
        "photo_id": _photo(asker.submission).pk, "path": "nowhere", "url": "nowhere",
        "number": 1, "line_id": Level.objects.order_by("id")[0].pk,
        "shedding_id": _shedding(world).pk, "canned_id": _canned(world).pk, "key": "some-key",
        "form": "xml", "code": world.service.code, **_webhook(world), **_abroad(world, case),
        "calendar_id": Calendar.objects.order_by("id")[0].pk,
        **_paper(world), "app_label": "accounts", "object_id": world.dan.pk, "id": world.dan.pk, "content_type_id": 1,
    }  # fmt: skip
    return Scene(world, case, person, pass_, people, samples)


def _token(world: World) -> int:
    issue(world.eve, "display")
    return Token.objects.latest("id").pk


def _drill(world: World) -> Drill:
    return drilling.start(by=world.sam, agency=world.grid, channels=["screen"], window_min=15)


def _paper(world: World) -> dict[str, int | str]:
    block = reserve(by=world.olga, count=1)
    now = clock.now()
    until = now + timedelta(hours=8)
    opening = Opening("visit")
    sheet = print_shift(by=world.ben, team=world.team, from_at=now, until_at=until, opening=opening).sheet
    return {
        "block_id": block.pk, "printed": block.numbers.get().number, "sheet_id": sheet.pk,
        "sheet": sheet.code,
    }  # fmt: skip


def _trip(pass_: Pass) -> Trip:
    now = clock.now()
    return Trip.objects.create(about=pass_, expected_at=now, noticed_at=now)


def _road(world: World) -> dict[str, int]:
    phone = make_telephone(world)
    take_in_scans(device=phone.device, papers=[phone.paper(reason="other_plate", outcome="turned")])
    return {"device_id": phone.device.pk, "alarm_id": Alarm.objects.order_by("id")[0].pk}


def _webhook(world: World) -> dict[str, int | str]:
    endpoint, _ = switching.add(by=world.max, url="https://peer.example/hook")
    return {"endpoint_id": endpoint.pk, "delivery_id": switching.ping(endpoint).pk, "deed": "trial"}


def _abroad(world: World, case: Case) -> dict[str, int]:
    link = linking.add(by=world.max, agency=world.water, url="https://peer.example/v2")
    now = clock.now()
    handing = Handing.objects.create(link=link, case=case, handed_at=now, created_at=now)
    return {"link_id": link.pk, "handing_id": handing.pk}


def _shedding(world: World) -> Shedding:
    service = make_service("shed_here")
    return Shedding.objects.create(service=service, words_zh="先救人", from_at=clock.now(), made_by=world.max)


def _canned(world: World) -> CannedAnswer:
    return CannedAnswer.objects.create(agency=world.grid, title="x", text_zh="x")


def _report(world: World) -> Report:
    now = clock.now()
    return Report.objects.create(asked_by=world.max, asked_at=now, from_at=now, until_at=now, done_at=now)


def _shift(world: World) -> Shift:
    now = clock.now()
    return Shift.objects.create(
        agency=world.grid, person=world.ben, from_at=now, until_at=now + timedelta(hours=8)
    )


def _pair(world: World, case: Case) -> Pair:
    return Pair.objects.create(older=case, newer=make_case(world), strength=0.9, found_at=case.opened_at)


def _photo(submission: Submission) -> Photo:
    photo = make_photo(submission=submission, path=f"{submission.pk}.jpg")
    file_of(photo).parent.mkdir(parents=True, exist_ok=True)
    file_of(photo).write_bytes(b"picture")
    return photo
