"""Training and keeping, and the real material."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.learning.material import Sample
from bihuan.spine.cases.learning.training import learn, train
from bihuan.spine.cases.learning.weights import Weights
from bihuan.spine.cases.models import Case, Learnt
from bihuan.spine.cases.states import Status
from bihuan.spine.door.mappings.nyc_311 import fields
from tests.spine.cases.known import World, make_asker, make_case, make_service
from tests.spine.cases.learning.conftest import make_samples


def close_cases(world: World, count: int) -> None:
    services = {
        "power_failure": world.service,
        "water": make_service("water"),
        "medicine": make_service("medicine"),
    }
    owners = {"grid": world.grid, "water": world.water}
    for at, sample in enumerate(make_samples(count)):
        said = {"service": services[sample.service], "agency": owners[sample.agency]}
        case = make_case(world, Status.CLOSED, askers=0, **said)
        make_asker(case, text=sample.text, phone=f"+861990000{at:04}")
        Case.objects.filter(pk=case.pk).update(opened_at=sample.opened_at)


def test_too_few_cases_teach_nothing(world: World) -> None:
    assert train() == []
    assert not Learnt.objects.exists()


def test_services_and_owners_are_learnt_and_told(world: World) -> None:
    close_cases(world, 60)
    made = train(fewest_cases=50)
    assert [one.what for one in made] == ["service", "agency"]
    for one in made:
        assert one.held_back == 12
        assert one.right_first > one.right_always
        assert Weights.unpack(bytes(Learnt.objects.get(pk=one.pk).weights)).labels
    assert Event.objects.filter(verb="trained").count() == 2


def test_earlier_weights_go_and_their_figures_stay(world: World) -> None:
    close_cases(world, 60)
    first, second = (train(fewest_cases=50)[0] for _ in range(2))
    first.refresh_from_db()
    assert bytes(first.weights) == b""
    assert first.held_back == second.held_back


def test_on_real_complaints_it_is_far_better_than_always_saying_the_commonest(shared: Path) -> None:
    source = shared / "data/nyc-311/311.csv"
    if not source.exists():
        pytest.skip("no nyc-311 material in BIHUAN_SHARED")
    with source.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    samples = [_sample(row) for row in rows if fields(row)["service"]]
    learnt = learn(samples, "service", fewest_askers=3)
    assert learnt is not None
    assert learnt.held_back >= 40
    assert learnt.right_first > 2 * learnt.right_always
    assert learnt.right_first / learnt.held_back > 0.6


def _sample(row: dict[str, str]) -> Sample:
    said = fields(row)
    opened_at = datetime.strptime(row["Created Date"], "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
    return Sample(said["text"], "", said["service"], row["Agency"], said["client_id"], opened_at)
