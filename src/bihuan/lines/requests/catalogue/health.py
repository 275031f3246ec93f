"""Medicine and the roads to hospital."""

from bihuan.lines.requests.questions import (
    BY_WHEN,
    CONDITION,
    NEED_DOOR,
    NEED_PLACE_PHONE,
    NEED_TEXT_PHONE,
    ask,
    pick,
    tick,
)
from bihuan.spine.cases.registry import ServiceSpec

FAINTING = (
    "昏迷",
    "胸痛",
    "呼吸困难",
    "大出血",
    "抽搐",
    "unconscious",
    "chest pain",
    "can't breathe",
    "heavy bleeding",
    "seizure",
)
LABOUR = ("破水", "见红", "宫缩", "大出血", "waters broke", "contractions", "heavy bleeding")
DESPAIR = ("自杀", "不想活", "轻生", "割腕", "跳楼", "suicide", "kill myself", "want to die", "overdose")

MEDICINE = ServiceSpec(
    code="medicine",
    zh="购药送药",
    en="Medicine",
    about_zh="帮您买药、配药、送到门口，慢性病药品也可以。",
    about_en="We buy or collect your medicine and bring it to the door, chronic prescriptions too.",
    group="health",
    icon="pill",
    agency="health",
    urgency="life",
    order=10,
    needs=NEED_DOOR,
    needs_proof=True,
    questions=(
        ask("drug", "药名和规格", "Name and strength of the medicine", required=True),
        pick(
            "left",
            "还剩几天的药",
            "How many days are left",
            ("none", "已经没有了", "none"),
            ("two", "一两天", "one or two"),
            ("more", "三天以上", "three or more"),
        ),
        pick(
            "script",
            "有没有处方",
            "Is there a prescription",
            ("yes", "有", "yes"),
            ("no", "没有", "no"),
            ("none", "非处方药", "none needed"),
            required=False,
        ),
    ),
    danger_words=FAINTING,
    emergency_number="120",
    keywords=(
        "药",
        "买药",
        "配药",
        "处方",
        "胰岛素",
        "降压",
        "medicine",
        "pharmacy",
        "insulin",
        "prescription",
    ),
)

DIALYSIS = ServiceSpec(
    code="dialysis_trip",
    zh="血透接送",
    en="Trip to dialysis",
    about_zh="按透析时间表接送，医院已联系好。",
    about_en="There and back on your dialysis days; the hospital knows.",
    group="health",
    icon="droplets",
    agency="health",
    urgency="life",
    priority="urgent",
    order=20,
    needs=NEED_DOOR,
    questions=(
        ask("hospital", "透析医院", "Hospital", required=True),
        ask("next_at", "下一次透析时间", "Next dialysis", "datetime", required=True),
        pick(
            "moves",
            "行动方式",
            "How the person moves",
            ("walks", "自己走", "walks"),
            ("wheelchair", "坐轮椅", "wheelchair"),
            ("stretcher", "要担架", "stretcher"),
        ),
    ),
    danger_words=FAINTING,
    emergency_number="120",
    keywords=("透析", "血透", "尿毒症", "dialysis", "kidney"),
)

CHEMO = ServiceSpec(
    code="chemo_trip",
    zh="放化疗接送",
    en="Trip to cancer treatment",
    about_zh="接送放疗、化疗和复查。",
    about_en="There and back for chemotherapy, radiation or a check-up.",
    group="health",
    icon="hospital",
    agency="health",
    urgency="life",
    order=30,
    needs=NEED_DOOR,
    questions=(
        ask("hospital", "治疗医院", "Hospital", required=True),
        ask("next_at", "预约时间", "Appointment", "datetime", required=True),
        ask("companions", "陪同人数", "People who come along", "number"),
    ),
    danger_words=FAINTING,
    emergency_number="120",
    keywords=("化疗", "放疗", "肿瘤", "chemotherapy", "cancer"),
)

BIRTH = ServiceSpec(
    code="birth",
    zh="孕产妇就医",
    en="Birth and pregnancy",
    about_zh="产检、临产接送和联系医院。",
    about_en="Check-ups, the way to the ward, a hospital that expects you.",
    group="health",
    icon="baby",
    agency="health",
    urgency="life",
    priority="urgent",
    order=40,
    needs=NEED_DOOR,
    questions=(
        ask("weeks", "怀孕周数", "Weeks of pregnancy", "number", required=True),
        ask("hospital", "建档医院", "Hospital where you are registered"),
        BY_WHEN,
    ),
    danger_words=LABOUR,
    emergency_number="120",
    keywords=("孕妇", "产检", "临产", "生孩子", "pregnant", "birth"),
)

TESTING = ServiceSpec(
    code="testing",
    zh="上门采样",
    en="Testing at home",
    about_zh="行动不便的人由采样员上门。",
    about_en="A sampler comes to people who can't come to the station.",
    group="health",
    icon="test-tube",
    agency="health",
    urgency="life",
    order=50,
    needs=NEED_PLACE_PHONE,
    questions=(ask("people", "几个人要采样", "How many people", "number", required=True), CONDITION),
    keywords=("核酸", "采样", "检测", "test", "sampling"),
)

COUNSELLING = ServiceSpec(
    code="counselling",
    zh="心理疏导",
    en="Someone to talk to",
    about_zh="心理咨询师给您回电话，可以不留姓名。",
    about_en="A counsellor calls you back. You need not give a name.",
    group="health",
    icon="message-circle-heart",
    agency="mental-health",
    urgency="life",
    order=60,
    needs=NEED_TEXT_PHONE,
    is_anonymous=True,
    confirm_within_h=24,
    questions=(
        tick(
            "about",
            "想谈什么",
            "What about",
            ("sleep", "睡不着", "sleep"),
            ("worry", "焦虑害怕", "worry"),
            ("family", "家庭矛盾", "family"),
            ("grief", "失去亲人", "grief"),
            required=False,
        ),
        ask("call_at", "什么时候方便接电话", "When may we call", "datetime"),
    ),
    danger_words=DESPAIR,
    emergency_number="120",
    keywords=("心理", "焦虑", "睡不着", "抑郁", "anxiety", "depressed", "counsellor", "talk"),
)

SERVICES = (MEDICINE, DIALYSIS, CHEMO, BIRTH, TESTING, COUNSELLING)
