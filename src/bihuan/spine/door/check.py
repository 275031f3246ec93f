"""Is a decoded entry fit to be kept? Lists every fault, each naming its field."""

import re
from collections.abc import Iterator, Mapping

from bihuan.kernel.geo import is_position
from bihuan.spine.door.entry import ANSWER_LENGTH, LENGTHS, Entry, Sound
from bihuan.spine.door.faults import Fault
from bihuan.spine.door.kinds import check_answers
from bihuan.spine.door.needs import Needs

_CODES = ("client_id", "channel", "service", "language")
_is_code = re.compile(r"[A-Za-z0-9._:-]*").fullmatch
_NO_NEEDS = Needs()


def check_entry(entry: Entry, services: Mapping[str, Needs]) -> list[Fault]:
    """List what is wrong with an entry, by itself and by what its service needs."""
    faults = [] if isinstance(entry, Sound) else list(_check_texts(entry))
    faults += _check_codes(entry)
    faults += _check_place(entry)
    needs = services.get(entry.service) if entry.service else _NO_NEEDS
    if needs is None:
        return [*faults, Fault("service", "service")]
    faults += _check_needs(entry, needs)
    if entry.answers or needs.questions:
        faults += check_answers(entry.answers or {}, needs.questions if entry.service else None)
    return faults


def _check_texts(entry: Entry) -> Iterator[Fault]:
    if not entry.client_id:
        yield Fault("client_id", "required")
    for name, limit in LENGTHS.items():
        yield from _check_text(name, getattr(entry, name) or "", limit)
    for code, answer in (entry.answers or {}).items():
        texts = answer if isinstance(answer, list) else [answer] if isinstance(answer, str) else []
        for text in texts:
            yield from _check_text(f"answers.{code}", text, ANSWER_LENGTH)


def _check_text(name: str, value: str, limit: int) -> Iterator[Fault]:
    if "\0" in value:
        yield Fault(name, "nul")
    if len(value) > limit:
        yield Fault(name, "long", str(limit))
    if not _is_whole(value):
        yield Fault(name, "surrogate")


def _is_whole(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_codes(entry: Entry) -> list[Fault]:
    codes = (entry.client_id, entry.channel or "", entry.service or "", entry.language or "")
    if _is_code("".join(codes)):
        return []
    return [Fault(name, "code") for name, code in zip(_CODES, codes, strict=True) if not _is_code(code)]


def _check_place(entry: Entry) -> list[Fault]:
    lon, lat = entry.lon, entry.lat
    if lon is None and lat is None:
        return []
    if lon is not None and lat is not None and is_position(lon, lat):
        return []
    is_lat_wrong = lat is None or not -90 <= lat <= 90
    return [Fault("lat" if is_lat_wrong else "lon", "position")]


def _check_needs(entry: Entry, needs: Needs) -> list[Fault]:
    missing = [name for name in needs.fields if not _has(entry, name)]
    return [Fault("site" if name == "place" else name, "required") for name in sorted(missing)]


def _has(entry: Entry, name: str) -> bool:
    if name == "place":
        return entry.lon is not None or bool((entry.site or "").strip())
    return bool((getattr(entry, name) or "").strip())
