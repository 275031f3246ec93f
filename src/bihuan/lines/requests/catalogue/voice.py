"""What people want to say: complaint, praise, question."""

from bihuan.lines.requests.questions import NEED_TEXT, NEED_TEXT_PHONE, ask, pick
from bihuan.spine.cases.registry import ServiceSpec

COMPLAINT = ServiceSpec(
    code="complaint",
    zh="投诉举报",
    en="Complaint",
    about_zh="对商家涨价、服务态度、管控做法不满意。",
    about_en="Prices, conduct, a rule applied badly.",
    group="voice",
    icon="megaphone",
    agency="",
    urgency="planned",
    order=510,
    needs=NEED_TEXT,
    is_anonymous=True,
    confirm_within_h=168,
    questions=(
        pick(
            "about",
            "投诉什么",
            "About what",
            ("price", "哄抬物价", "prices"),
            ("conduct", "服务态度", "conduct"),
            ("control", "管控做法", "how rules are applied"),
            ("work", "劳动用工", "work and pay"),
            ("other", "其他", "something else"),
        ),
        ask("whom", "投诉对象", "Whom or which shop"),
    ),
    keywords=("投诉", "举报", "涨价", "态度", "complaint", "overcharged", "rude"),
)

PRAISE = ServiceSpec(
    code="praise",
    zh="表扬感谢",
    en="Praise",
    about_zh="谢谢某个人或某个单位。",
    about_en="Thank a person or an office.",
    group="voice",
    icon="thumbs-up",
    agency="hotline",
    urgency="planned",
    order=520,
    needs=NEED_TEXT,
    is_anonymous=True,
    questions=(ask("whom", "感谢谁", "Whom do you thank"),),
    keywords=("表扬", "感谢", "谢谢", "praise", "thank"),
)

ADVICE = ServiceSpec(
    code="advice",
    zh="咨询建议",
    en="Question or suggestion",
    about_zh="政策、出行、返乡问题，以及不知道该找谁的事。",
    about_en="Rules, travel, going home, and anything for which you don't know whom to ask.",
    group="voice",
    icon="circle-question-mark",
    agency="hotline",
    urgency="planned",
    order=530,
    needs=NEED_TEXT_PHONE,
    keywords=("咨询", "请问", "建议", "政策", "返乡", "question", "how do I", "suggest"),
)

SERVICES = (COMPLAINT, PRAISE, ADVICE)
