"""``bihuan verify``: prove the whole log and the tables that it tells of, or print the proof of one Event."""

import json
from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from bihuan.spine.audit import signing
from bihuan.spine.audit.canonical import seal_hash
from bihuan.spine.audit.models import Leaf, Seal
from bihuan.spine.audit.progress import Bar
from bihuan.spine.audit.proof import proof_of
from bihuan.spine.audit.verification import Sequel, Tally, check_log, check_since, sequels

SHOWN = 50


class Command(BaseCommand):
    """Prove the audit."""

    help = "Prove that nothing in the audit was changed, and that the live tables say what it says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--public-key", action="append", metavar="HEX", help="verify with this key only; may be repeated"
        )
        parser.add_argument("--proof", type=int, metavar="EVENT", help="print the proof of one Event as JSON")
        parser.add_argument(
            "--since", metavar="NUMBER:HASH", help="a seal noted elsewhere, that must still be there"
        )
        parser.add_argument("--log-only", action="store_true", help="leave the live tables out")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["proof"] is not None:
            self._print_proof(options["proof"])
            return
        keyring, since = _keyring(options["public_key"]), _since(options["since"])
        tally = Tally()
        bar = Bar(self.stderr, Leaf.objects.count())
        try:
            faults = list(islice(check_log(keyring, tally, bar.add), SHOWN))
            faults += check_since(*since) if since else []
        except DatabaseError as error:
            raise CommandError(f"The database can't be read: {error}") from error
        finally:
            bar.end()
        self._report(tally, [str(fault) for fault in faults])
        if not options["log_only"]:
            for sequel in sequels():
                self._go_on(sequel)

    def _go_on(self, sequel: Sequel) -> None:
        bar = Bar(self.stderr, sequel.size())
        try:
            faults = [str(fault) for fault in islice(sequel.check(bar.add), SHOWN)]
        except DatabaseError as error:
            raise CommandError(f"The database can't be read: {error}") from error
        finally:
            bar.end()
        if faults:
            more = " (only the first are shown)" if len(faults) >= SHOWN else ""
            raise CommandError("\n".join(["The tables differ from the audit" + more + ":", *faults]))
        self.stdout.write(sequel.holds)

    def _report(self, tally: Tally, faults: list[str]) -> None:
        if faults:
            more = " (only the first are shown)" if len(faults) >= SHOWN else ""
            raise CommandError("\n".join(["The audit does not hold" + more + ":", *faults]))
        self.stdout.write(f"The audit holds: {tally.events:,} Events in {tally.seals:,} Seals.")
        if newest := Seal.objects.order_by("-pk").first():
            self.stdout.write(f"Newest seal, to be noted elsewhere: {newest.pk}:{seal_hash(newest).hex()}")

    def _print_proof(self, event_id: int) -> None:
        proof = proof_of(event_id)
        if proof is None:
            raise CommandError(f"Event {event_id} is not in the sealed log.")
        self.stdout.write(json.dumps(proof, indent=2))


def _keyring(hexadecimal: list[str] | None) -> signing.Keyring:
    """Take the keys that an outsider gives, or our own; an outsider needs no secret."""
    if not hexadecimal:
        return signing.own_keyring()
    try:
        return signing.Keyring(bytes.fromhex(text) for text in hexadecimal)
    except ValueError as error:
        raise CommandError(
            "A public key is 64 hexadecimal digits, as `bihuan audit_key` prints it."
        ) from error


def _since(noted: str | None) -> tuple[int, str] | None:
    number, _, digest = (noted or "").partition(":")
    if noted and not (number.isdecimal() and digest):
        raise CommandError("A seal is noted as NUMBER:HASH, as this command printed it then.")
    return (int(number), digest) if noted else None
