"""Random streams and UIDs that are pure functions of what they are for."""

import hashlib

import numpy as np


def _digest(parts: tuple[object, ...]) -> bytes:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()


def stream(*parts: object) -> np.random.Generator:
    """Returns the random stream named by `parts`, e.g. (seed, index, "text").

    Streams with different names are independent, so a change in how many
    numbers one stage draws does not disturb another stage.
    """
    return np.random.Generator(
        np.random.PCG64(int.from_bytes(_digest(parts)[:16], "big")))


def uid(*parts: object) -> str:
    """Returns a valid UID (root 2.25, PS3.5 B.2) that `parts` determine."""
    return f"2.25.{int.from_bytes(_digest(parts)[:16], 'big')}"


def choose(rng: np.random.Generator, weighted: dict):
    """Returns one key of `weighted`, drawn by its weight (any positive sum)."""
    keys = list(weighted)
    weights = np.cumsum([weighted[key] for key in keys])
    return keys[int(np.searchsorted(weights, rng.random() * weights[-1],
                                    side="right"))]


def pick(rng: np.random.Generator, items):
    """Returns one of `items`, all equally likely, as a plain Python object."""
    return items[int(rng.integers(len(items)))]
