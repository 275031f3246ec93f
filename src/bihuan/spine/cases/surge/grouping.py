"""Cases that wait to be sorted, gathered by what they have in common, so that a whole group is given at once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bihuan.spine.cases.models import Case

LEAST = 2
MOST_IN_GROUP = 200
SHOWN = 3
# What stays of a wording: its letters and ideographs without digits and signs, and of these only the beginning.
HEAD = 8
_SIGNS = re.compile(r"[\W\d_]+")


@dataclass(frozen=True)
class Group:
    """Cases of one service in one district; of those without a service, those that begin with the same words."""

    cases: list[Case] = field(default_factory=list)

    @property
    def first(self) -> Case:
        return self.cases[0]

    @property
    def samples(self) -> list[str]:
        """A few different wordings, the oldest first."""
        return list(dict.fromkeys(case.summary for case in self.cases if case.summary))[:SHOWN]


def groups_of(cases: Iterable[Case]) -> list[Group]:
    """Gather Cases, the largest group first; what is alone is left out."""
    found: dict[tuple[int | None, int | None, str], Group] = {}
    for case in cases:
        group = found.setdefault(_likeness(case), Group())
        if len(group.cases) < MOST_IN_GROUP:
            group.cases.append(case)
    return sorted((one for one in found.values() if len(one.cases) >= LEAST), key=lambda one: -len(one.cases))


def _likeness(case: Case) -> tuple[int | None, int | None, str]:
    words = "" if case.service_id else head_of(case.summary)
    # Nothing known of either: such Cases have nothing in common but that.
    alone = "" if case.service_id or words else f"#{case.pk}"
    return case.service_id, case.district_id, words or alone


def head_of(summary: str) -> str:
    """Return how a wording begins, without signs and numbers."""
    return _SIGNS.sub("", summary).casefold()[:HEAD]
