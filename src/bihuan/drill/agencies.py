"""The offices of the demonstration: the command, its bureaux and companies, and the nine districts."""

from typing import Any

from bihuan.drill.divisions import DIVISIONS, Division

Row = dict[str, Any]

ROOT = ("command", "市应急指挥部", "City Command")

OFFICES = """
command hotline 12345热线受理中心 12345 Hotline
command health 卫生健康局 Health Bureau
health emergency-centre 120急救中心 120 Emergency Centre
health mental-health 心理援助中心 Mental Health Centre
command civil-affairs 民政局 Civil Affairs Bureau
command commerce 商务局 Commerce Bureau
command market 市场监管局 Market Regulation Bureau
command transport 交通运输局 Transport Bureau
command housing 住建局 Housing Bureau
command urban-management 城管局 Urban Management Bureau
command police 公安局 Police
police traffic-police 交警支队 Traffic Police
command fire 消防救援支队 Fire and Rescue
command power 供电公司 Power Company
power power-urban 供电公司城区抢修班 Power Company, Urban Repairs
power power-tianyuan 供电公司天元供电所 Power Company, Tianyuan Branch
power power-liling 供电公司醴陵供电所 Power Company, Liling Branch
power power-counties 供电公司县域抢修班 Power Company, County Repairs
command water 自来水公司 Water Company
command gas 燃气公司 Gas Company
command volunteers 志愿者联合会 Volunteers' Federation
"""

SLUGS = {
    "430202": "hetang", "430203": "lusong", "430204": "shifeng", "430211": "tianyuan", "430212": "lukou",
    "430223": "youxian", "430224": "chaling", "430225": "yanling", "430281": "liling",
}  # fmt: skip

TEAMS = (
    ("power-urban", 4, "抢修{}队", "Repair Crew {}"),
    ("power-tianyuan", 4, "天元抢修{}队", "Tianyuan Repair Crew {}"),
    ("power-liling", 2, "醴陵抢修{}队", "Liling Repair Crew {}"),
    ("power-counties", 3, "县域抢修{}队", "County Repair Crew {}"),
    ("water", 2, "供水抢修{}队", "Water Crew {}"),
    ("gas", 2, "燃气抢修{}队", "Gas Crew {}"),
    ("health", 3, "送药送医{}组", "Medical Errand Group {}"),
    ("commerce", 3, "保供配送{}组", "Supply Group {}"),
    ("civil-affairs", 2, "关爱探访{}组", "Visiting Group {}"),
    ("volunteers", 3, "志愿者{}队", "Volunteers {}"),
    ("urban-management", 2, "环卫{}班", "Cleaning Crew {}"),
    ("housing", 2, "应急维修{}班", "Repair Group {}"),
    ("transport", 1, "保障车队{}", "Transport Fleet {}"),
    ("police", 1, "巡逻{}组", "Patrol {}"),
    ("traffic-police", 1, "疏导{}组", "Traffic Group {}"),
)
NUMERALS = "一二三四"


def agency_rows() -> list[Row]:
    """Return the agencies, each after its parent."""
    code, zh, en = ROOT
    rows = [_row(code, None, zh, en)]
    for line in OFFICES.strip().splitlines():
        parent, code, zh, en = line.split(maxsplit=3)
        rows.append(_row(code, parent, zh, en))
    return rows + [row for division in DIVISIONS for row in _district(division)]


def community_of(district: str) -> str:
    """Return the code of the community service centre of a district."""
    return f"{SLUGS[district]}-community"


def _district(division: Division) -> list[Row]:
    slug = SLUGS[division.code]
    return [
        _row(slug, "command", f"{division.zh}指挥部", f"{division.en} Command"),
        _row(f"{slug}-community", slug, f"{division.zh}社区服务中心", f"{division.en} Community Centre"),
    ]


def _row(code: str, parent: str | None, zh: str, en: str) -> Row:
    return {"code": code, "parent": parent, "name_zh": zh, "name_en": en}


def fallback_rows() -> list[Row]:
    """Return who owns what nobody else will: each district's command, and the city's for the rest."""
    rows = [{"district": division.code, "agency": SLUGS[division.code]} for division in DIVISIONS]
    return [*rows, {"district": None, "agency": ROOT[0]}]


def team_rows() -> list[Row]:
    """Return the teams that can be sent: those of the bureaux and one of volunteers in each district."""
    rows = [
        {"agency": agency, "name_zh": zh.format(NUMERALS[i]), "name_en": en.format(i + 1)}
        for agency, count, zh, en in TEAMS
        for i in range(count)
    ]
    return rows + [
        {"agency": community_of(d.code), "name_zh": f"{d.zh}志愿服务队", "name_en": f"{d.en} Volunteers"}
        for d in DIVISIONS
    ]
