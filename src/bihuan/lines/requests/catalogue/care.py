"""People who can't manage alone."""

from bihuan.lines.requests.questions import AGE, BY_WHEN, CONDITION, NEED_DOOR, NEED_PLACE, pick, tick
from bihuan.spine.cases.registry import ServiceSpec

FALLEN = ("摔倒", "叫不醒", "昏迷", "没有呼吸", "fallen", "won't wake", "unconscious", "not breathing")

ELDERLY_CARE = ServiceSpec(
    code="elderly_care",
    zh="老人照护",
    en="Care for the elderly",
    about_zh="做饭、擦洗、换药、代办，帮助独居和卧床老人。",
    about_en="Meals, washing, dressings and errands for old people who live alone or can't get up.",
    group="care",
    icon="hand-heart",
    agency="civil-affairs",
    urgency="supply",
    order=210,
    needs=NEED_DOOR,
    needs_proof=True,
    questions=(
        AGE,
        CONDITION,
        tick(
            "help",
            "要什么帮助",
            "Which help",
            ("meals", "做饭送饭", "meals"),
            ("wash", "擦洗翻身", "washing"),
            ("errand", "代买代办", "errands"),
            ("nurse", "换药护理", "nursing"),
        ),
    ),
    danger_words=FALLEN,
    emergency_number="120",
    keywords=("老人", "卧床", "独居", "照顾", "护理", "elderly", "bedridden", "care"),
)

ELDERLY_VISIT = ServiceSpec(
    code="elderly_visit",
    zh="上门探望",
    en="Visit to someone who lives alone",
    about_zh="联系不上家人、担心独居的人，请人上门看一看。",
    about_en="Somebody knocks at the door of a person you can't reach.",
    group="care",
    icon="house-heart",
    agency="civil-affairs",
    urgency="life",
    order=220,
    needs=NEED_PLACE,
    questions=(
        AGE,
        pick(
            "last",
            "多久没联系上",
            "Last heard from",
            ("today", "今天", "today"),
            ("day", "一天", "a day ago"),
            ("days", "两天以上", "two days ago or more"),
        ),
        BY_WHEN,
    ),
    danger_words=FALLEN,
    emergency_number="120",
    keywords=("探望", "看看", "联系不上", "独居老人", "visit", "lives alone", "can't reach"),
)

SERVICES = (ELDERLY_CARE, ELDERLY_VISIT)
