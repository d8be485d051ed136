"""How much of a line's characters and words was read."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence



def plain(text: str) -> str:
    """Returns the text as it is compared: composed, no case, no spaces."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(composed.split())


def _edits(row: list[int], wanted: str, read: str) -> list[int]:
    """Returns the least edits that make the first 0, 1, ... characters of
    `read` into `wanted`, where `row` holds those that make them into nothing.
    """
    for i, character in enumerate(wanted, start=1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(read, start=1):
            diagonal, row[j] = row[j], min(diagonal + (character != other),
                                           row[j] + 1, row[j - 1] + 1)
    return row


def distance(wanted: str, read: str) -> int:
    """Returns the least number of edits that make `read` into `wanted`:
    characters inserted, left out or replaced."""
    return _edits(list(range(len(read) + 1)), wanted, read)[-1]


def errors_within(wanted: str, read: str) -> int:
    """Returns the least number of edits that make some part of `read` into
    `wanted`: characters inserted, left out or replaced.

    What stands before and after that part is free, since a box may hold more
    than the line. Never more than len(wanted).
    """
    return min(_edits([0] * (len(read) + 1), wanted, read))


def characters_read(wanted: str, readings: Sequence[str]) -> tuple[int, int]:
    """Returns (characters read, characters) of a line, without spaces.

    `readings` are what was read in it, in reading order; the best single one
    and all together are tried.
    """
    line = plain(wanted)
    tried = [plain(text) for text in readings]
    tried.append("".join(tried))
    fewest = min(errors_within(line, text) for text in tried)
    return len(line) - fewest, len(line)


def words_read(wanted: str, readings: Sequence[str]) -> tuple[int, int]:
    """Returns (words read without a mistake, words) of a line."""
    everything = "".join(plain(text) for text in readings)
    words = [word for word in map(plain, wanted.split()) if word]
    return sum(word in everything for word in words), len(words)
