"""Grounds that training draws on besides the train split's stock, so that the
network does not learn a few hundred backgrounds by heart and takes others for
text. None is of the test split."""

from __future__ import annotations

from benchmarks.generator.accuracy import grounds

# Of each kind. Each is drawn when it is wanted, and hardly one twice.
_VARIANTS = 1 << 20


def add() -> None:
    """Widens the stock in this process; samples drawn after this have other
    grounds than those drawn before, in every split."""
    grounds.VARIANTS = _VARIANTS
