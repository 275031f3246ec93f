"""What this room adds to the spine."""

from bihuan.lines.abroad.apps import VERBS
from bihuan.spine.cases.registry import registry


def test_the_worker_goes_and_every_verb_has_words() -> None:
    assert {"abroad", "travellers"} <= set(registry.steps)
    assert set(VERBS) <= set(registry.verbs) and "abroad:links" in registry.pages
