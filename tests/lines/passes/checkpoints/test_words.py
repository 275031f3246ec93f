"""The guard's page has words for everything it may have to say."""

from django.utils.translation import override

from bihuan.lines.passes.checkpoints.words import words
from bihuan.lines.passes.kinds import Colour, Goods
from bihuan.lines.passes.seal.reasons import Light, Reason


def test_every_answer_and_reason_has_its_words() -> None:
    said = words()
    assert set(said["light"]) == set(Light) and set(said["reason"]) == set(Reason)
    assert set(said["goods"]) == set(Goods) and set(said["colour"]) == set(Colour)


def test_no_word_tells_of_health() -> None:
    for language, unwanted in {
        "en": ("health", "infect", "test result"),
        "zh-hans": ("健康", "核酸", "感染"),
    }.items():
        with override(language):
            told = " ".join(text for group in ("light", "reason", "said") for text in words()[group].values())
        assert not [word for word in unwanted if word in told]
