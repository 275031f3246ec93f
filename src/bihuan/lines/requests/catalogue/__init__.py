"""The services of everyday life, in the order in which the portal shows them."""

from bihuan.lines.requests.catalogue import care, giving, health, order, supplies, utilities, voice
from bihuan.spine.cases.registry import ServiceSpec

SERVICES: tuple[ServiceSpec, ...] = (
    *health.SERVICES,
    *supplies.SERVICES,
    *care.SERVICES,
    *utilities.SERVICES,
    *order.SERVICES,
    *voice.SERVICES,
    *giving.SERVICES,
)
