"""Switching the line on."""

import pytest
from django.apps import apps

from bihuan.lines.requests.catalogue import SERVICES
from bihuan.spine.cases.registry import registry

pytestmark = pytest.mark.once


def test_getting_ready_twice_registers_nothing_twice() -> None:
    before = dict(registry.services)
    apps.get_app_config("requests").ready()
    assert registry.services == before
    assert {spec.code for spec in SERVICES} <= set(registry.services)
