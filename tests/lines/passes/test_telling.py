"""What applicants are told."""

from bihuan.kernel.ids import format_receipt
from bihuan.lines.passes import telling
from bihuan.spine.messages.models import Message
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


def test_each_is_told_in_their_language_with_their_receipt(world: World) -> None:
    rows = [make_pass(world, language=language) for language in ("en", "zh-hans")]
    telling.tell_many("pass_declined", rows, "no road")
    told = {one.about: one for one in Message.objects.all()}
    english, chinese = (told[row.receipt] for row in rows)
    assert "not granted" in english.body and format_receipt(rows[0].receipt) in english.subject
    assert "未获批准" in chinese.body and f"/passes/r/{rows[1].receipt}/" in chinese.body


def test_every_template_has_words_in_both_languages(world: World) -> None:
    for template in telling.TEMPLATES:
        telling.tell(template, make_pass(world, language="en"), "x")
    assert Message.objects.count() == len(telling.TEMPLATES)
