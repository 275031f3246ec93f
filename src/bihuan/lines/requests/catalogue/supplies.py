"""What a household runs out of."""

from bihuan.lines.requests.questions import BY_WHEN, NEED_DOOR, NEED_PLACE_PHONE, PEOPLE, ask, pick, tick
from bihuan.spine.cases.registry import ServiceSpec

HUNGER = ("饿晕", "断粮三天", "collapsed", "fainted")

FOOD = ServiceSpec(
    code="food",
    zh="米面菜肉",
    en="Food",
    about_zh="家里缺粮缺菜，送到小区门口或家门口。",
    about_en="Rice, vegetables and meat, to the gate or to the door.",
    group="supplies",
    icon="shopping-basket",
    agency="commerce",
    urgency="supply",
    order=110,
    needs=NEED_DOOR,
    questions=(
        PEOPLE,
        pick(
            "left",
            "还能吃几天",
            "Food left for",
            ("none", "已经没有了", "nothing left"),
            ("day", "一天", "a day"),
            ("days", "两天以上", "two days or more"),
        ),
        tick(
            "diet",
            "忌口",
            "Diet",
            ("halal", "清真", "halal"),
            ("soft", "流食软食", "soft food"),
            ("sugar", "糖尿病", "diabetic"),
            required=False,
        ),
    ),
    danger_words=HUNGER,
    emergency_number="120",
    needs_proof=True,
    keywords=("买菜", "没吃的", "大米", "粮食", "蔬菜", "food", "groceries", "rice", "vegetables"),
)

BABY = ServiceSpec(
    code="baby_needs",
    zh="婴幼儿用品",
    en="Baby needs",
    about_zh="奶粉、尿不湿、辅食和退烧药。",
    about_en="Milk powder, nappies, baby food.",
    group="supplies",
    icon="milk",
    agency="commerce",
    urgency="supply",
    priority="urgent",
    order=120,
    needs=NEED_DOOR,
    questions=(
        ask("items", "需要什么，什么牌子几段", "What exactly (brand, stage, size)", required=True),
        ask("months", "宝宝几个月", "Age of the baby in months", "number"),
    ),
    danger_words=("高烧", "抽搐", "呛奶", "high fever", "seizure", "choking"),
    emergency_number="120",
    keywords=("奶粉", "尿不湿", "婴儿", "宝宝", "formula", "nappies", "diapers", "baby"),
)

GAS_CARD = ServiceSpec(
    code="gas_card",
    zh="燃气卡充值",
    en="Gas card top-up",
    about_zh="志愿者上门取卡，充好值送回。",
    about_en="A volunteer takes your card, tops it up and brings it back.",
    group="supplies",
    icon="credit-card",
    agency="volunteers",
    urgency="supply",
    order=130,
    needs=NEED_DOOR,
    needs_proof=True,
    questions=(
        ask("amount", "充多少元", "How many yuan", "number", required=True),
        pick(
            "left",
            "表里还剩多少气",
            "Gas left",
            ("none", "已经停气", "none"),
            ("little", "一天左右", "about a day"),
            ("some", "还能撑几天", "some days"),
        ),
    ),
    keywords=("燃气卡", "气卡", "充值", "充气", "gas card", "top-up"),
)

PET = ServiceSpec(
    code="pet",
    zh="宠物照料",
    en="Pets",
    about_zh="主人隔离或住院，帮忙喂养、送粮、送医。",
    about_en="Feeding, food or a vet while the owner is away.",
    group="supplies",
    icon="paw-print",
    agency="volunteers",
    urgency="general",
    order=140,
    needs=NEED_PLACE_PHONE,
    questions=(
        pick(
            "animal",
            "什么宠物",
            "Which animal",
            ("cat", "猫", "cat"),
            ("dog", "狗", "dog"),
            ("other", "其他", "another"),
        ),
        BY_WHEN,
    ),
    keywords=("宠物", "猫", "狗", "流浪动物", "pet", "cat", "dog", "animal"),
)

SERVICES = (FOOD, BABY, GAS_CARD, PET)
