"""What people offer."""

from bihuan.lines.requests.questions import NEED_PLACE_PHONE, NEED_TEXT_PHONE, ask, tick
from bihuan.spine.cases.registry import ServiceSpec

OFFER_HELP = ServiceSpec(
    code="offer_help",
    zh="我要帮忙",
    en="Offer to help",
    about_zh="报名做志愿者，出人、出车、出手艺。",
    about_en="Give your time, your car or your skill.",
    group="giving",
    icon="heart-handshake",
    agency="volunteers",
    urgency="general",
    order=610,
    needs=NEED_PLACE_PHONE,
    questions=(
        tick(
            "skill",
            "能做什么",
            "What can you do",
            ("errand", "跑腿", "errands"),
            ("drive", "开车", "drive"),
            ("nurse", "医护", "nursing"),
            ("talk", "电话陪伴", "talk"),
            ("repair", "维修", "repairs"),
        ),
        ask("hours", "每天几小时", "Hours a day", "number"),
    ),
    keywords=("志愿者", "帮忙", "报名", "volunteer", "offer help"),
)

OFFER_GOODS = ServiceSpec(
    code="offer_goods",
    zh="我要捐物",
    en="Offer goods",
    about_zh="捐赠食品、药品、防护用品等。",
    about_en="Give food, medicine, masks and the like.",
    group="giving",
    icon="package-open",
    agency="civil-affairs",
    urgency="general",
    order=620,
    needs=NEED_TEXT_PHONE,
    questions=(
        ask("goods", "什么物品", "Which goods", required=True),
        ask("quantity", "数量", "How many", "number", required=True),
        ask("expires_on", "有效期到", "Best before", "datetime"),
    ),
    keywords=("捐赠", "捐", "物资", "donate", "donation", "goods"),
)

SERVICES = (OFFER_HELP, OFFER_GOODS)
