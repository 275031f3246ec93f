"""Words that mean danger: whoever writes them is shown the emergency number first."""

from collections.abc import Iterable

from bihuan.spine.cases.models import Service
from bihuan.spine.door.needs import Needs

FALLBACK_NUMBER = "120"


def emergency_number(service: Service) -> str:
    """Return the number to call; the ambulance's where the service names none."""
    return service.emergency_number or FALLBACK_NUMBER


def sounds_dangerous(service: Service, said: Iterable[object]) -> bool:
    """Say whether what was written holds one of the service's words of danger, by the door's own reading."""
    needs = Needs(danger_words=tuple(service.danger_words), emergency_number=emergency_number(service))
    return bool(needs.emergency(str(text) for text in said))
