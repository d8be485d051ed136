"""Exact header matching, as tools for de-identification do it: the header's
values, and the parts of names, word for word in what was read.

Microsoft's Presidio, for one, makes a deny list of the header's values and of
the words of its names in several cases (image_dicom_redactor_engine.py). Dates
stand in the header as 19540312, and so they are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SHORTEST = 3  # characters; shorter values stand everywhere

_NAME_KEYWORDS = ("Name", "Physician", "Operators")
_NOT_PEOPLE = ("InstitutionName", "StationName", "InstitutionalDepartmentName")


def values_of(identifiers: Sequence[Sequence[str]]) -> set[str]:
    """Returns what is looked for; `identifiers` are (keyword, value)."""
    wanted = set()
    for keyword, value in identifiers:
        wanted.add(value.casefold().strip())
        if keyword not in _NOT_PEOPLE and any(
                part in keyword for part in _NAME_KEYWORDS):
            wanted.update(re.split(r"[\^=,\s]+", value.casefold()))
    return {value for value in wanted if len(value) >= SHORTEST}


def matches(texts: Sequence[str], wanted: set[str]) -> bool:
    """Whether one of the texts holds one of the values as whole words."""
    for text in texts:
        folded = text.casefold()
        for value in wanted:
            if value in folded and re.search(
                    rf"(?<!\w){re.escape(value)}(?!\w)", folded):
                return True
    return False
