"""What somebody types into the form of an application."""

from datetime import timedelta
from itertools import count

from django.utils.timezone import localtime

from bihuan.kernel import clock

_numbers = count(1)


def typed(**said: str) -> dict[str, str]:
    n, now = next(_numbers), localtime(clock.now())
    known = {
        "client_id": f"typed-{n:08}", "applicant": "receiver", "receiver": "云里防护用品厂", "contact": "李丙",
        "phone": "19900007733", "plate": f"湘C{n:05}", "plate_colour": "yellow", "driver": "郑甲",
        "goods": "medical", "goods_name": "医用防护服", "quantity": "8", "unit": "t", "origin": "430105 长沙开福",
        "destination": "荷塘区", "way_points": "G4，株洲西", "valid_from": f"{now:%Y-%m-%dT%H:%M}",
        "valid_until": f"{now + timedelta(hours=20):%Y-%m-%dT%H:%M}", "is_closed_loop": "on",
    }  # fmt: skip
    return {**known, **said}
