"""The seven roles a city starts with. An administrator may change them; writing them again leaves changes alone."""

from dataclasses import dataclass

from bihuan.spine.accounts.models import Role
from bihuan.spine.accounts.permissions import Permission

P = Permission


@dataclass(frozen=True)
class RoleSpec:
    """A role as it is first written."""

    code: str
    name_zh: str
    name_en: str
    about_zh: str
    about_en: str
    permissions: tuple[P, ...]


OPERATOR = RoleSpec(
    "operator", "接线员", "Operator",
    "接听电话，登记诉求，分拣来件，把重复件合并，为来电人查询进度。",
    "Answers the telephone, enters asks, sorts what came in, merges twins and tells callers how far it is.",
    (P.VIEW_ALL, P.ENTER, P.TRIAGE, P.REVEAL, P.SURGE),
)  # fmt: skip
OFFICER = RoleSpec(
    "officer", "经办人", "Officer",
    "在本单位接单、退单、派人、询问诉求人并办结工单。",
    "Accepts, returns, dispatches, asks back and resolves the cases of one agency.",
    (P.VIEW_OWN, P.WORK, P.REVEAL, P.CARE, P.PASSES),
)  # fmt: skip
SUPERVISOR = RoleSpec(
    "supervisor", "主管", "Supervisor",
    "管理本单位及下级单位的工单：可转派、不予受理、调整优先级，并查看统计和导出清单。",
    "Runs the cases of an agency and those below it: transfers, declines, re-prioritises, counts and exports.",
    (P.VIEW_OWN, P.WORK, P.STEER, P.REVEAL, P.BOARD, P.EXPORT, P.ROTA, P.CARE, P.PASSES, P.PASS_RULES),
)  # fmt: skip
COMMANDER = RoleSpec(
    "commander", "指挥员", "Commander",
    "查看全市工单、地图和指挥看板，可跨单位转派和调整优先级，看不到个人信息。",
    "Sees the whole city's cases, map and board, transfers and re-prioritises; reads no personal data.",
    (P.VIEW_ALL, P.STEER, P.BOARD, P.EXPORT, P.SURGE),
)  # fmt: skip
AUDITOR = RoleSpec(
    "auditor", "审计员", "Auditor",
    "查看工单、操作记录和个人信息查阅记录，不办理任何工单。",
    "Reads cases, the audit and the log of readings of personal data; changes nothing.",
    (P.VIEW_ALL, P.BOARD, P.AUDIT),
)  # fmt: skip
ADMINISTRATOR = RoleSpec(
    "administrator", "管理员", "Administrator",
    "管理账号、单位、角色、服务事项和分派规则，看不到工单内容。",
    "Makes accounts, agencies, roles, services and rules; sees no case.",
    (P.STAFF, P.RULES, P.ROTA),
)  # fmt: skip
REVIEWER = RoleSpec(
    "reviewer", "通行证审核员", "Pass reviewer",
    "在一站式窗口审核各类货物的车辆通行证。",
    "Reviews vehicle passes of every class of goods at the one-stop desk.",
    (P.PASSES, P.PASS_DESK, P.REVEAL),
)  # fmt: skip

STANDARD = (OPERATOR, OFFICER, SUPERVISOR, COMMANDER, AUDITOR, ADMINISTRATOR, REVIEWER)


def write_roles() -> dict[str, Role]:
    """Write the standard roles that are not there yet; return all by code."""
    return {spec.code: _write(spec) for spec in STANDARD}


def _write(spec: RoleSpec) -> Role:
    role, _ = Role.objects.get_or_create(
        code=spec.code,
        defaults={
            "name_zh": spec.name_zh,
            "name_en": spec.name_en,
            "about_zh": spec.about_zh,
            "about_en": spec.about_en,
            "permissions": [permission.value for permission in spec.permissions],
        },
    )
    return role
