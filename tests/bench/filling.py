"""Fills a database with as many Cases as wanted, by a few statements of SQL with all indexes kept.

Three in ten Cases are open, spread evenly over agencies, services and the city's sites; the rest ended over the
two years before. Each has its Submission, its Asker and two Events, as the actions would have left them.
"""

from random import Random

from django.db import connection, transaction

from bihuan.kernel import geo
from bihuan.spine.places.models import Site

OPEN_IN_TEN = 3
OPEN_SPAN_S = 3 * 86_400
ENDED_SPAN_S = 730 * 86_400
STEP = 100_000
SPOTS_A_SITE = 12
SPREAD_DEG = 0.002  # some two hundred metres around a site

OPEN_STATUSES = ("waiting", "accepted", "working", "reopened", "waiting", "accepted", "hold", "triage")
CHANNELS = ("web", "telephone", "wechat", "platform", "hotline")


def fill(count: int, *, shown: object = print, only_cases: bool = False) -> None:
    """Add Cases until there are ``count``; needs a loaded city. ``shown(text)`` tells of the progress.

    With ``only_cases`` they come without Submissions, Askers and Events.
    """
    begun = _first_free()
    _lay_out_spots()
    for start in range(begun, count + 1, STEP):
        stop = min(start + STEP, count + 1)
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (CASES,) if only_cases else STATEMENTS:
                cursor.execute(_in_dialect(statement, start, stop))
        shown(f"  {stop - 1:,} cases")  # type: ignore[operator]
    if not only_cases:
        _set_sequences(count)


def _lay_out_spots() -> None:
    """Keep, for this connection, places around the city's sites, with their cell as the triage worker finds it."""
    rng = Random(2022)
    rows = [
        (
            round(rng.gauss(site.lon, SPREAD_DEG), 6),
            round(rng.gauss(site.lat, SPREAD_DEG), 6),
            site.district_id,
        )
        for site in Site.objects.order_by("id")
        for _ in range(SPOTS_A_SITE)
    ]
    # Open Cases are chosen by the last digit of their number: a count without 2 and 5 lets them lie everywhere.
    while len(rows) % 2 == 0 or len(rows) % 5 == 0:
        rows.pop()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_spot")
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_spot (k integer PRIMARY KEY, lon double precision, lat double precision,"
            " district_id bigint, cell varchar(16))"
        )
        cursor.executemany(
            "INSERT INTO bench_spot VALUES (%s, %s, %s, %s, %s)",
            [(k, lon, lat, district, geo.cell(lon, lat)) for k, (lon, lat, district) in enumerate(rows)],
        )


def _first_free() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM cases_case")
        return int(cursor.fetchone()[0])


def _in_dialect(statement: str, start: int, stop: int) -> str:
    is_sqlite = connection.vendor == "sqlite"
    numbers = (
        f"n(i) AS (SELECT {start} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {stop})"
        if is_sqlite
        else f"n(i) AS (SELECT generate_series({start}::bigint, {stop - 1}::bigint))"
    )
    words = {
        "NUMBERS": "WITH RECURSIVE " + numbers,
        "TEXT": "text",
        "HASH": "CAST(printf('%016d', i % 400000) AS BLOB)"
        if is_sqlite
        else "decode(lpad((i % 400000)::text, 32, '0'), 'hex')",
        "HEX": "printf('%064x', i)" if is_sqlite else "lpad(to_hex(i), 64, '0')",
        "RECEIPT": "printf('%012d', i)" if is_sqlite else "lpad(i::text, 12, '0')",
        "TRUE": "1" if is_sqlite else "true",
        "FALSE": "0" if is_sqlite else "false",
        "JSON": "'{}'" if is_sqlite else "'{}'::jsonb",
    }
    for word, sql in words.items():
        statement = statement.replace(f"<{word}>", sql)
    return _with_instants(statement, is_sqlite)


def _with_instants(statement: str, is_sqlite: bool) -> str:
    """Write ``ago(x)``, the instant x seconds before now, in the dialect."""
    if is_sqlite:
        return statement.replace("ago(", "strftime('%Y-%m-%d %H:%M:%f000', 'now', (-1 * (").replace(
            ")!", ")) || ' seconds')"
        )
    return statement.replace("ago(", "(now() - interval '1 second' * (").replace(")!", "))")


def _set_sequences(count: int) -> None:
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        for table in ("cases_case", "cases_asker", "door_submission"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {count})")
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('audit_event', 'id'), (SELECT max(id) FROM audit_event))"
        )


def _picked(name: str, table: str, where: str = "1 = 1") -> str:
    """SQL for a table of ids numbered from 0, to be joined by a remainder."""
    numbered = "id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS m"
    return f"{name} AS (SELECT {numbered} FROM {table} WHERE {where})"


def _listed(words: tuple[str, ...], number: str) -> str:
    return (
        "CASE " + number + " " + " ".join(f"WHEN {k} THEN '{word}'" for k, word in enumerate(words)) + " END"
    )


SHAPE = f"""
    shape AS (
        SELECT i, (i * 7) % 10 < {OPEN_IN_TEN} AS live, (i / 10) % {len(OPEN_STATUSES)} AS pick,
               CASE WHEN (i * 7) % 10 < {OPEN_IN_TEN} THEN (i * 7919) % {OPEN_SPAN_S}
                    ELSE {OPEN_SPAN_S} + (i * 7919) % {ENDED_SPAN_S} END AS age
        FROM n)
"""
STATUS = _listed(OPEN_STATUSES, "pick")

CASES = (
    """
    INSERT INTO cases_case (id, service_id, status, is_open, priority, agency_id, channel, summary, place, district_id,
                            lon, lat, cell, owner_reason_zh, owner_reason_en, opened_at, accept_by, resolve_by, due_at,
                            ended_at, changed_at, returned_count, reopened_count, outcome, zone_state, place_from,
                            content, is_self_raised)
    <NUMBERS>, """ + SHAPE + ", " + _picked("s", "cases_service") + ", " + _picked("a", "accounts_agency")
    + f"""
    SELECT i, s.id, CASE WHEN live THEN {STATUS} ELSE 'closed' END, CASE WHEN live THEN <TRUE> ELSE <FALSE> END,
           CASE WHEN i % 9 = 0 THEN 'urgent' ELSE 'normal' END, a.id, {_listed(CHANNELS, f"(i % {len(CHANNELS)})")},
           'Synthetic ask number ' || i, '', p.district_id, p.lon, p.lat, p.cell, '', '',
           ago(age)!, ago(age - 3600)!, ago(age - 90000)!,
           CASE WHEN live AND {STATUS} <> 'hold' THEN ago(age - 90000)! END,
           CASE WHEN NOT live THEN ago(age - 40000)! END, ago(age)!, i % 17 / 16, 0,
           CASE WHEN live THEN '' ELSE 'confirmed' END, 'normal', '', '', <FALSE>
    FROM shape JOIN s ON s.k = i % s.m JOIN a ON a.k = (i / 3) % a.m
         JOIN bench_spot p ON p.k = i % (SELECT count(*) FROM bench_spot)
    """
)  # fmt: skip

STATEMENTS = (
    """
    INSERT INTO door_submission (id, client_id, receipt, channel, service, text, lon, lat, site, phone_hash, answers,
                                 language, digest, received_at, triaged_at)
    <NUMBERS>, """ + SHAPE + """
    SELECT i, 'bench-' || i, <RECEIPT>, """ + _listed(CHANNELS, f"(i % {len(CHANNELS)})") + """, 'medicine',
           'Synthetic ask number ' || i, 113.0 + (i % 997) * 0.0005, 27.7 + (i % 991) * 0.0003, '', <HASH>, <JSON>,
           'zh-hans', <HEX>, ago(age)!, ago(age)!
    FROM shape
    """,
    CASES,
    """
    INSERT INTO cases_asker (id, case_id, first_case_id, submission_id, phone_hash)
    <NUMBERS> SELECT i, i, i, i, <HASH> FROM n
    """,
    """
    INSERT INTO audit_event (at, actor_kind, verb, subject_type, subject_id, case_id, agency_id, detail)
    <NUMBERS>, """ + SHAPE + """
    SELECT ago(age)!, 'system', 'opened', 'case', i, i, CAST(NULL AS bigint), <JSON> FROM shape
    UNION ALL SELECT ago(age)!, 'system', 'assign', 'case', i, i, CAST(NULL AS bigint), <JSON> FROM shape
    """,
)  # fmt: skip
