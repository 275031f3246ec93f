"""The door for callers inside Django: forms and imports. The same checks, the same store, the same promise."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Busy, Refused
from bihuan.spine.door import needs, photos
from bihuan.spine.door.faults import Fault, Unfit
from bihuan.spine.door.intake import Arrival, take_in
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.needs import Services
from bihuan.spine.door.store import Saved, dialect_of, save

Body = bytes | Mapping[str, object]
BATCH = 500


class Received(NamedTuple):
    """The receipt that stands, whether this call made it, and the emergency number to show, if any."""

    receipt: str
    is_new: bool
    emergency: str


class Printed(NamedTuple):
    """A receipt that stands on paper, and what takes it, once, in the transaction that keeps the Submission."""

    receipt: str
    take: Callable[[], None]


def submit(body: Body, photo: BinaryIO | None = None, *, printed: Printed | None = None) -> Received:
    """Take in one Submission, with a photo if there is one; durable when this returns.

    What was written on a form keeps the form's receipt. Not to be called inside a transaction: what is rolled
    back later would have been acknowledged.

    Raises
    ------
    Unfit
        naming every field that is wrong.
    Refused
        when the photo is not one, or the printed receipt can't be taken any more.
    Busy
        when the database is away.
    """
    arrival = _take_printed(body, printed) if printed else take_in(body, needs.current(), clock.now())
    draft = photos.write_photo(photo) if photo else None
    try:
        saved = _write([arrival], draft, printed)[0]
    except BaseException:
        _drop(draft)
        raise
    if draft and not saved.is_new:
        _drop(draft)  # the first send brought the picture already
    return Received(saved.receipt, saved.is_new, arrival.emergency)


def _take_printed(body: Body, printed: Printed) -> Arrival:
    services = {code: one.of_paper() for code, one in needs.current().items()}
    arrival = take_in(body, services, clock.now())
    return arrival._replace(row=arrival.row._replace(receipt=printed.receipt))


def submit_many(bodies: Iterable[Body]) -> Iterator[Received | Refused]:
    """Take in many Submissions, many to a commit; answer each with its receipt or why not, in their order."""
    services = needs.current()
    batch: list[Arrival | Refused] = []
    for body in bodies:
        batch.append(_try_take(body, services))
        if len(batch) == BATCH:
            yield from _write_batch(batch)
            batch = []
    yield from _write_batch(batch)


def _try_take(body: Body, services: Services) -> Arrival | Refused:
    try:
        return take_in(body, services, clock.now())
    except Refused as refusal:
        return refusal


def _write_batch(batch: list[Arrival | Refused]) -> Iterator[Received | Refused]:
    arrivals = [one for one in batch if isinstance(one, Arrival)]
    answers = iter(_write_apart(arrivals))
    for one in batch:
        yield next(answers) if isinstance(one, Arrival) else one


def _write_apart(arrivals: list[Arrival]) -> list[Received | Refused]:
    """Write a batch; when one row spoils it, write row by row so that the others are kept."""
    try:
        saved = _write(arrivals)
        return [Received(*one, arrival.emergency) for one, arrival in zip(saved, arrivals, strict=True)]
    except Unfit as refusal:
        if len(arrivals) == 1:
            return [refusal]
    return [answer for arrival in arrivals for answer in _write_apart([arrival])]


def _write(
    arrivals: list[Arrival], draft: Photo | None = None, printed: Printed | None = None
) -> list[Saved]:
    try:
        # durable: refuses to be a part of somebody's transaction, which might yet be rolled back.
        with transaction.atomic(durable=True), connection.wrap_database_errors:
            if printed:
                printed.take()
            dialect = dialect_of(connection.vendor)
            saved = save(dialect, connection.connection, [arrival.row for arrival in arrivals])
            if draft and saved[0].is_new:
                _attach(draft, saved[0].receipt)
        return saved
    except (IntegrityError, DataError) as error:
        raise Unfit([Fault("body", "store")]) from error
    except DatabaseError as error:
        raise Busy(_("The door can't take this now. Please try again.")) from error


def _attach(draft: Photo, receipt: str) -> None:
    draft.submission = Submission.objects.only("id").get(receipt=receipt)
    draft.save(force_insert=True)


def _drop(draft: Photo | None) -> None:
    if draft:
        photos.remove_file(draft)
