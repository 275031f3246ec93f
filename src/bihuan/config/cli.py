"""The command line ``bihuan``: serving and the demonstration here, everything else is Django's."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

HELP = {"-h", "--help"}

# Name of the command -> the function that does it; imported only when asked for.
OURS = {
    "serve": "bihuan.config.serve:serve",
    "demo": "bihuan.config.demo:demo",
    "play": "bihuan.drill.play:play",
    "import": "bihuan.config.cli:take_in",
    "verify": "bihuan.config.cli:verify",
    "plan": "bihuan.config.planning:plan",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; return the exit code. What a person can mend is said in a sentence."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    name = arguments[0] if arguments else "help"
    if name == "demo":
        os.environ["BIHUAN_DEMO"] = "yes"
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError

    try:
        return _ours(name, arguments[1:]) if name in OURS else _djangos(arguments)
    except (CommandError, ImproperlyConfigured) as error:
        print(f"bihuan: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _ours(name: str, arguments: Sequence[str]) -> int:
    import django

    django.setup()
    module, _, function = OURS[name].partition(":")
    action: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
    return action(arguments)


def take_in(arguments: Sequence[str]) -> int:
    """Import a file, after making sure that there is a city to import it into."""
    from bihuan.config import ready

    if not HELP & set(arguments):
        ready.check_all()
    return _djangos(["import_file", *arguments])


def verify(arguments: Sequence[str]) -> int:
    """Prove the audit, after making sure that there is one."""
    from bihuan.config import ready

    if not HELP & set(arguments):
        ready.check_tables()
    return _djangos(["verify", *arguments])


def _djangos(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bihuan", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main())
