import json

import pytest

from bihuan.faces.portal.layers import layer
from bihuan.spine.places.models import Feature, Site


def collection(name: str) -> list[dict[str, object]]:
    found = layer(name)
    assert found is not None
    return list(json.loads(found[0])["features"])


@pytest.mark.parametrize(("name", "count"), [("districts", 2), ("sites", 3), ("features", 1)])
def test_a_layer_holds_every_row_that_can_be_drawn(places_of_city: list[Site], name: str, count: int) -> None:
    Feature.objects.create(kind="river", name_zh="湘江", geometry={"type": "LineString", "coordinates": []})
    assert len(collection(name)) == count


def test_sites_tell_their_names_but_no_figures(places_of_city: list[Site]) -> None:
    assert collection("sites")[0]["properties"] == {"kind": "compound", "zh": "桃源里", "en": "Taoyuanli"}


def test_a_layer_keeps_its_mark_while_nothing_changes(places_of_city: list[Site]) -> None:
    assert layer("sites") == layer("sites")


def test_there_are_no_other_layers(db: None) -> None:
    assert layer("askers") is None
