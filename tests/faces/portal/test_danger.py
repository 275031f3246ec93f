import pytest

from bihuan.faces.portal.danger import FALLBACK_NUMBER, emergency_number, sounds_dangerous
from bihuan.spine.cases.models import Service


@pytest.mark.parametrize(
    ("said", "is_dangerous"),
    [
        ("奶奶昏迷了", True),
        ("there is a FIRE", True),
        ("we need firewood", False),
        ("要买药", False),
        (3, False),
    ],
)
def test_words_of_danger_are_heard_and_others_are_not(said: object, is_dangerous: bool) -> None:
    service = Service(danger_words=["昏迷", "fire"], emergency_number="119")
    assert sounds_dangerous(service, ["", said]) is is_dangerous


def test_a_service_without_such_words_hears_none() -> None:
    assert not sounds_dangerous(Service(), ["fire"])


def test_a_service_without_a_number_shows_the_ambulance() -> None:
    assert emergency_number(Service()) == FALLBACK_NUMBER
