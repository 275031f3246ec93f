"""The number of a pass as it is printed and typed: twelve digits and Damm's check digit behind them."""

from bihuan.kernel.ids import check_digit, plain_receipt

DIGITS = 12


def printed(number: str) -> str:
    """Return a pass's number as it stands on paper: ``4302 0000 0017 4``."""
    whole = number + check_digit(number)
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def read_typed(typed: str) -> str | None:
    """Return the number that was typed with its check digit; None where a digit is wrong or missing."""
    kept = plain_receipt(typed)
    if len(kept) != DIGITS + 1 or not (kept.isascii() and kept.isdigit()):
        return None
    return kept[:-1] if check_digit(kept[:-1]) == kept[-1] else None
