"""Switching the line on."""

import pytest
from django.apps import apps

from bihuan.lines.protection.catalogue import SERVICES
from bihuan.spine.cases import rounds
from bihuan.spine.cases.registry import INTERNAL, registry

pytestmark = pytest.mark.once


def test_getting_ready_twice_registers_nothing_twice() -> None:
    before = (dict(registry.services), list(registry.tiles), dict(registry.pages), dict(registry.steps))
    apps.get_app_config("protection").ready()
    after = (dict(registry.services), list(registry.tiles), dict(registry.pages), dict(registry.steps))
    assert [len(one) for one in after] == [len(one) for one in before]


def test_the_worker_goes_round_the_care_list() -> None:
    assert "care" in [step.name for step in rounds.steps()]


def test_residents_are_not_offered_its_services() -> None:
    assert {spec.group for spec in SERVICES} == {INTERNAL}
