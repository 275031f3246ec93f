"""Accounts of the demonstration. They are posts, not persons; all share one password, which is shown."""

from typing import Any

from bihuan.drill.agencies import SLUGS
from bihuan.drill.divisions import DIVISIONS

Row = dict[str, Any]

PASSWORD = "bihuan-demo-2022"  # noqa: S105  # printed for everybody; refused outside the demo

POSTS = """
admin administrator command 系统管理员 Administrator
commander commander command 值班指挥长 Duty Commander
supervisor supervisor command 督办席 City Supervisor
auditor auditor command 审计席 Auditor
operator operator hotline 话务一席 Operator 1
operator-2 operator hotline 话务二席 Operator 2
officer-hotline officer hotline 热线专员 Hotline Officer
supervisor-power supervisor power 供电值班主任 Power Duty Manager
officer-power officer power 供电调度一席 Power Desk 1
officer-power-2 officer power 供电调度二席 Power Desk 2
officer-health officer health 医疗保障专员 Health Officer
officer-emergency officer emergency-centre 120调度席 120 Desk
officer-mental officer mental-health 心理援助专员 Counselling Officer
officer-civil officer civil-affairs 民政专员 Civil Affairs Officer
officer-commerce officer commerce 保供专员 Supply Officer
officer-market officer market 市场监管专员 Market Officer
reviewer-passes reviewer transport 通行证一站式窗口 Pass Desk
officer-transport officer transport 运输保障专员 Transport Officer
officer-housing officer housing 房屋维修专员 Housing Officer
officer-urban officer urban-management 城管专员 Urban Management Officer
officer-police officer police 公安专员 Police Officer
officer-traffic officer traffic-police 交警专员 Traffic Officer
officer-fire officer fire 消防专员 Fire Officer
officer-water officer water 供水调度席 Water Desk
officer-gas officer gas 燃气调度席 Gas Desk
officer-volunteers officer volunteers 志愿服务专员 Volunteers' Officer
"""


def staff_rows() -> list[Row]:
    """Return the accounts: username, role, agency, display name."""
    rows = [_row(*line.split(maxsplit=4)) for line in POSTS.strip().splitlines()]
    return rows + [
        _row(f"officer-{SLUGS[d.code]}", "officer", SLUGS[d.code], f"{d.zh}专员", f"{d.en} Officer")
        for d in DIVISIONS
    ]


def _row(username: str, role: str, agency: str, zh: str, en: str) -> Row:
    return {"username": username, "role": role, "agency": agency, "display_name": f"{zh} {en}"}
