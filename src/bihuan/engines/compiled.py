"""How the inner loops are compiled: once, kept on disk, and without the interpreter's lock so that threads run."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Return the loop as machine code; made on the first call and read from the cache by every later process."""
    return cast("Loop", njit(cache=True, nogil=True)(loop))
