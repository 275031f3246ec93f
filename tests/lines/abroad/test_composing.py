"""What of a Case goes out."""

from bihuan.lines.abroad.composing import STATUS_OF, ask_of, mark_of
from bihuan.lines.abroad.gathering import gather
from bihuan.lines.abroad.models import Handing, Link, Mapping
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import VERBS
from bihuan.spine.door.models import Submission
from tests.lines.abroad.going import change, newest


def asked(link: Link) -> tuple[Handing, list[tuple[str, str]]]:
    gather()
    handing = newest(link)
    return handing, ask_of(handing, Mapping.objects.get())


def test_the_same_case_is_the_same_ask_each_time_and_bears_its_mark(link: Link, case: Case) -> None:
    handing, first = asked(link)
    assert first == ask_of(handing, Mapping.objects.get())
    assert mark_of(handing) in dict(first)["description"]


def test_answers_go_under_their_codes_lists_one_by_one(link: Link, case: Case) -> None:
    Submission.objects.update(answers={"depth": 4, "seen": ["water", "mud"], "secret": "x"})
    Mapping.objects.update(attributes={"d": "depth", "s": "seen", "k": "=hole", "none": "missing"})
    sent = [pair for pair in asked(link)[1] if pair[0].startswith("attribute")]
    assert sent == [
        ("attribute[d]", "4"), ("attribute[k]", "hole"), ("attribute[s][]", "water"), ("attribute[s][]", "mud"),
    ]  # fmt: skip


def test_words_longer_than_the_protocol_takes_are_cut_before_the_mark(link: Link, case: Case) -> None:
    change(link, sends_words=True)
    Submission.objects.update(text="x" * 5000)
    handing, pairs = asked(link)
    words = dict(pairs)["description"]
    assert len(words) <= 4000 and words.endswith(mark_of(handing))


def test_only_verbs_that_there_are_are_told() -> None:
    assert set(STATUS_OF) <= set(VERBS)
