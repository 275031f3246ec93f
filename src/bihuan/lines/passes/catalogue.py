"""The kind of Case that the line raises by itself. Residents are not offered it."""

from bihuan.spine.cases.registry import INTERNAL, ServiceSpec

TRIP_OVERDUE = ServiceSpec(
    code="trip_overdue",
    zh="闭环车辆超时未出",
    en="A closed-loop vehicle is overdue",
    about_zh="闭环运输车辆未在限时内驶出，须立即联系并核实。",
    about_en="A vehicle that came in by the closed loop is not out by its deadline: somebody has to call and look.",
    group=INTERNAL,
    icon="truck",
    agency="transport",
    urgency="supply",
    priority="urgent",
    order=920,
)

SERVICES = (TRIP_OVERDUE,)
