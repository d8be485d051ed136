"""The characters that the reader tells apart."""

from __future__ import annotations

import string
import unicodedata

# Stands for one letter of a script that the reader does not know, which is
# text all the same, and never harmless.
UNKNOWN = "\ufffd"
ACCENTED = (
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"
    "ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĦħĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤť"
    "ŪūŮůŰűŲųŴŵŶŷŸŹźŻżŽž")
_SIGNS = "°µ²³±×·§£€"
# Class 0 is the CTC blank; the last is the space.
CHARACTERS = ("", *sorted(set(string.printable[:94])), *ACCENTED, *_SIGNS,
              UNKNOWN, " ")
_CLASSES = {char: index for index, char in enumerate(CHARACTERS) if char}
# Letters that nobody can tell from these: comma and cedilla below, and those
# that Cyrillic and Greek share with Latin.
_ALIKE = str.maketrans(
    "ȘșȚțΜμ–—‐“”„’‘`×ΑΒΕΖΗΙΚΝΟΡΤΥΧοАВЕКМНОРСТХаеорсухЅІЈѕіј",
    "ŞşŢţMµ---\"\"\"'''xABEZHIKNOPTYXoABEKMHOPCTXaeopcyxSIJsij")


def spelt(text: str) -> str:
    """Returns what the reader should read where `text` is written."""
    plain = unicodedata.normalize("NFC", text).translate(_ALIKE)
    return "".join(char if char in _CLASSES else
                   " " if char.isspace() else UNKNOWN
                   for char in plain if not unicodedata.combining(char))


def classes_of(text: str) -> list[int]:
    """Returns the classes of `spelt` text."""
    return [_CLASSES[char] for char in text]


def text_of(classes: list[int]) -> str:
    """Returns the text of a path's classes, repeats and blanks taken out."""
    kept = [one for one, before in zip(classes, [0, *classes])
            if one and one != before]
    return "".join(CHARACTERS[one] for one in kept)
