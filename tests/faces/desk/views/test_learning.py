"""The page that says how good suggestions are."""

from bihuan.kernel import clock
from bihuan.spine.cases.models import Learnt
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World


def test_too_few_cases_are_said_so(world: World, sign_in: SignIn) -> None:
    assert b"Too few cases to learn from" in sign_in(world.sam).get("/desk/learning/").content


def test_shares_are_shown_with_their_counts_and_what_guessing_would_do(world: World, sign_in: SignIn) -> None:
    Learnt.objects.create(
        what="service", trained_at=clock.now(), case_count=400, held_back=80, right_first=60, right_in_three=72,
        right_always=20, by_label={"power_failure": {"held": 50, "first": 40, "three": 45}},
        confusions=[{"true": "power_failure", "said": "water", "count": 3}], weights=b"",
    )  # fmt: skip
    page = sign_in(world.sam).get("/desk/learning/").content.decode()
    for words in ("75 %", "60 / 80", "90 %", "25 %", "80 %", "were taken for “water”"):
        assert words in page
