"""``bihuan train``: learn from closed Cases what a text is likely to be about."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from bihuan.spine.cases.learning.material import count_closed
from bihuan.spine.cases.learning.training import FEWEST_CASES, train
from bihuan.spine.cases.models import Learnt


class Command(BaseCommand):
    """Learn, and say how often it was right on Cases held back."""

    help = "Learn from closed cases which service and agency a text suggests; the worker does it each night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fewest", type=int, default=FEWEST_CASES, help="fewer closed cases teach nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = train(fewest_cases=options["fewest"])
        if not made:
            count, fewest = count_closed(), options["fewest"]
            self.stdout.write(f"Too few cases to learn from: {count} closed with words, {fewest} are needed.")
        for learnt in made:
            self.stdout.write(line(learnt))


def line(learnt: Learnt) -> str:
    """Say in one line what a training came to."""
    said = f"{learnt.what}: {learnt.case_count} cases, {learnt.held_back} held back"
    if not learnt.held_back:
        return said
    first, three, always = (
        100 * right / learnt.held_back
        for right in (learnt.right_first, learnt.right_in_three, learnt.right_always)
    )
    return f"{said}; right {first:.1f} %, among three {three:.1f} %, always the commonest {always:.1f} %"
