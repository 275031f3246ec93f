"""Short ways to write a question, and the questions that several services ask."""

from bihuan.spine.cases.registry import Choice, Question

Option = tuple[str, str, str]
"""Key, Chinese, English."""

NEED_PLACE = frozenset({"place"})
NEED_PLACE_PHONE = frozenset({"place", "phone"})
NEED_DOOR = frozenset({"place", "phone", "name"})
NEED_TEXT = frozenset({"text"})
NEED_TEXT_PLACE = frozenset({"text", "place"})
NEED_TEXT_PHONE = frozenset({"text", "phone"})


def ask(code: str, zh: str, en: str, kind: str = "string", *, required: bool = False) -> Question:
    """Write a question whose answer is typed."""
    return Question(code, kind, zh, en, required)


def pick(code: str, zh: str, en: str, *options: Option, required: bool = True) -> Question:
    """Write a question with one answer out of a list."""
    return Question(code, "singlevaluelist", zh, en, required, tuple(Choice(*o) for o in options))


def tick(code: str, zh: str, en: str, *options: Option, required: bool = True) -> Question:
    """Write a question with any number of answers out of a list."""
    return Question(code, "multivaluelist", zh, en, required, tuple(Choice(*o) for o in options))


PEOPLE = ask("people", "家里几口人", "How many people live there", "number")
AGE = ask("age", "老人年龄", "Age of the person", "number")
BY_WHEN = ask("by_when", "最晚什么时候要", "Needed at the latest by", "datetime")
CONDITION = tick(
    "condition",
    "身体情况",
    "State of the person",
    ("alone", "独居", "lives alone"),
    ("bedridden", "卧床", "can't leave the bed"),
    ("oxygen", "在家吸氧或用呼吸机", "on oxygen or a ventilator at home"),
    ("pregnant", "怀孕", "pregnant"),
    required=False,
)
