"""How the search is compiled: without the interpreter's lock, kept on disk, without counting references.

Every function is handed arrays that its caller keeps alive, and makes none. Counting references to them took nine
tenths of the time of a step, so it is switched off; a function that makes an array must not be compiled so.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function that makes no array."""
    options: dict[str, Any] = {"_nrt": False}
    return cast(F, njit(nogil=True, cache=True, error_model="numpy", **options)(function))


def compiled_with_arrays(function: F) -> F:
    """Compile a function that makes arrays of its own."""
    return cast(F, njit(nogil=True, cache=True)(function))
