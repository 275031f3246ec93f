"""What people say must fit what the services ask."""

from random import Random

import pytest

from bihuan.drill.wording import ERRANDS, POWER, SHARES, Way, word
from bihuan.lines.requests.catalogue import SERVICES

pytestmark = pytest.mark.once

SPECS = {spec.code: spec for spec in SERVICES}
WAYS: list[tuple[str, Way]] = [("power_failure", way) for way in POWER] + [
    (service, way) for service, ways in ERRANDS.items() for way in ways
]


@pytest.mark.parametrize(("service", "way"), WAYS)
def test_answers_fit_the_questions_of_the_service(service: str, way: Way) -> None:
    questions = {question.code: question for question in SPECS[service].questions}
    answers = way[2]
    assert set(answers) <= set(questions)
    assert {code for code, question in questions.items() if question.required} <= set(answers)
    for code, answer in answers.items():
        keys = {choice.key for choice in questions[code].choices}
        given = answer if isinstance(answer, list) else [answer]
        assert not keys or set(given) <= keys


def test_every_service_of_the_day_has_words() -> None:
    assert set(SHARES) == set(ERRANDS)
    assert set(SHARES) <= set(SPECS)


def test_words_come_in_the_persons_language_with_nothing_left_to_fill_in() -> None:
    for _, (zh, en, answers) in WAYS:
        for language, said in (("zh-hans", zh), ("en", en)):
            text, filled = word(Random(1), ((zh, en, answers),), language, "2022-11-24")
            assert "{" not in text + str(filled.values())
            assert said.isascii() == text.isascii() == (language == "en")
