"""What the checkpoints add to the house: the guard's page, the supervisor's, a tile, words of their Events."""

from pathlib import Path

from django.utils.translation import gettext_lazy, gettext_noop

from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import registry

VERBS = {
    "device_invite": gettext_lazy("Invited a device to a checkpoint"),
    "device_enrol": gettext_lazy("A device was enrolled"),
    "device_block": gettext_lazy("Blocked a device"),
    "scans_taken": gettext_lazy("Scans came in"),
    "alarm_close": gettext_lazy("Looked into an alarm"),
}
STATIC = Path(__file__).parents[1] / "static"
LIBRARIES = (
    "vendor/jsqr/jsQR.js",
    "vendor/noble-ed25519/index.js",
)


def files() -> tuple[str, ...]:
    """Return the static files that the guard's page needs: all of its own, and two libraries."""
    own = [path for folder in ("checkpoint", "seal") for path in (STATIC / "passes" / folder).iterdir()]
    return (*sorted(str(path.relative_to(STATIC)) for path in own), *LIBRARIES)


def register() -> None:
    """Tell the registry."""
    from bihuan.lines.passes.checkpoints.counting import count_open_alarms

    registry.register_urls("field/checkpoint/", "bihuan.lines.passes.checkpoints.urls")
    registry.register_urls("passes/checkpoints/", "bihuan.lines.passes.checkpoints.desk_urls")
    about = gettext_lazy("Look at passes: pass, ask or refuse, also without a network.")
    registry.register_field_page(
        registry.FieldPage("checkpoint:page", gettext_lazy("Checkpoint"), about, "scan-qr-code", files())
    )
    page = registry.LinePage(
        "checkpoints",
        "board",
        gettext_lazy("Checkpoints"),
        "traffic-cone",
        (Permission.PASS_RULES,),
        ("invite",),
    )
    registry.register_page(page)
    words = gettext_noop("open alarms at checkpoints")
    registry.register_tile(registry.Tile("pass_alarms", words, count_open_alarms, "checkpoints:board"))
    for verb, said in VERBS.items():
        registry.register_verb(verb, said)
