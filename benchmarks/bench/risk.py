"""How well identifying text is told from harmless text, rung by rung."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from .exact_match import matches, values_of
from .geometry import Box, intersection
from .labels import Labelled, Line
from .statistics_of_rates import Rate, rate_of

# A sign this strong identifies by itself in the rungs without a model.
STRONG = .8


@dataclass(frozen=True)
class Region:
    """A text that was read, and what the matcher and the policy make of it."""

    box: Box
    texts: tuple[str, ...]
    category: str
    score: float
    risk: float
    identifying: bool
    signs: tuple[dict, ...]
    factors: dict[str, float]
    exact: bool  # some value of the header stands in it word for word


@dataclass(frozen=True)
class Inspected:
    """A file, what was read in it, and what became of it."""

    labelled: Labelled
    regions: tuple[Region, ...]
    verdict: str
    risk: float
    factors: dict[str, float]

    @cached_property
    def legible(self) -> bool:
        """Whether what it should be held for can be read; true if nothing
        should."""
        return not self.labelled.identifying or not self.labelled.lines or any(
            line.legible and line.identifying for line in self.labelled.lines
        ) or all(line.category is None for line in self.labelled.lines)

    def regions_of(self, line: Line) -> list[Region]:
        """Returns the regions that share most of their area with a line."""
        return [region for region in self.regions
                if _stands_in(line.box, region.box)]


def _stands_in(line: Box, region: Box) -> bool:
    common = intersection(line, region)
    smaller = min(line[2] * line[3], region[2] * region[3])
    return common[2] * common[3] >= .5 * max(smaller, 1)


def inspected(labelled: Labelled, readings: dict | None,
              matched: dict | None) -> Inspected:
    """Joins what burntin-read and burntin-match said about a file."""
    if readings is None or matched is None:
        return Inspected(labelled, (), "INDETERMINATE", 1.0, {})
    wanted = values_of(readings["header"]["identifiers"])
    read = [region for plane in readings["planes"] for region in plane]
    regions = []
    for region, match in zip(read, matched["regions"], strict=True):
        texts = tuple(text for text, *_ in region["readings"])
        regions.append(Region(
            tuple(match["box"]), texts, match["category"], match["score"],
            match["risk"], match["identifying"], tuple(match["signs"]),
            match["factors"], matches(texts, wanted)))
    return Inspected(labelled, tuple(regions), matched["verdict"],
                     matched["risk"], matched["factors"])


@dataclass(frozen=True)
class Rung:
    """A way to decide. `names` says whether a region is called identifying,
    `holds` whether its image is held for it."""

    title: str
    names: Callable[[Region], bool]
    holds: Callable[[Region], bool]

    def held(self, one: Inspected) -> bool:
        """Whether an image is held; always where it was not fully seen."""
        return one.verdict == "INDETERMINATE" or any(map(self.holds,
                                                         one.regions))

    def named(self, one: Inspected) -> bool:
        """Whether an image is called identifying."""
        return any(map(self.names, one.regions))


def _has_header_sign(region: Region) -> bool:
    return any(sign["kind"] == "HEADER" and sign["score"] >= STRONG
               for sign in region.signs)


def _has_strong_sign(region: Region) -> bool:
    return any(sign["score"] >= STRONG for sign in region.signs)


def _is_suspect(region: Region) -> bool:
    return region.category != "BENIGN"


class _Verdict(Rung):
    """The last rung is the program's own verdict."""

    def held(self, one: Inspected) -> bool:
        return one.verdict != "CLEAR"

    def named(self, one: Inspected) -> bool:
        return one.verdict == "IDENTIFYING"


MODEL = _Verdict("+ calibrated model (burntin)", lambda r: r.identifying,
                 _is_suspect)
RUNGS = (
    Rung("exact header match", lambda r: r.exact, lambda r: r.exact),
    Rung("+ tolerant header match", _has_header_sign, _has_header_sign),
    Rung("+ patterns, labels, names", _has_strong_sign,
         lambda r: bool(r.signs)),
    Rung("+ benign vocabulary", _has_strong_sign, _is_suspect),
    MODEL)


@dataclass(frozen=True)
class RungRates:
    """What one rung reaches. Strings are legible ones only."""

    strings_named: Rate   # identifying strings, by a region of their own
    strings_held: Rate    # identifying strings whose image is held
    images_named: Rate
    images_held: Rate
    benign_cleared: Rate  # images with harmless text only, all of it legible;
                          # without those that their header says identify: a
                          # person looks at them
    obscured_cleared: Rate  # the other ones, with a line that is not
    benign_named: Rate
    empty_cleared: Rate   # images without text


@dataclass(frozen=True)
class Bin:
    """Images, or regions, of like risk."""

    low: float
    high: float
    risk: float  # the mean
    share: float  # that identify
    count: int


def reliability(pairs: Sequence[tuple[float, bool]],
                bins: int = 10) -> list[Bin]:
    """Returns the bins of equal width that hold something; `pairs` are risks
    and whether they came true."""
    found = []
    for i in range(bins):
        low, high = i / bins, (i + 1) / bins
        inside = [(risk, true) for risk, true in pairs
                  if low <= risk < high or (high == 1 and risk == 1)]
        if inside:
            found.append(Bin(low, high,
                             sum(r for r, _ in inside) / len(inside),
                             sum(t for _, t in inside) / len(inside),
                             len(inside)))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """Returns the expected calibration error: the mean distance between a
    bin's risk and what came true, by count."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.share - one.risk)
               for one in bins) / total if total else 0.0


class Risk:
    """All that is known about the files of one run."""

    def __init__(self, files: Sequence[Inspected]) -> None:
        self.files = list(files)

    def known(self, header_knows: bool) -> Risk:
        """Returns the files whose header knows the patient, or those whose
        does not."""
        return Risk([one for one in self.files
                     if one.labelled.header_knows is header_knows])

    def strings(self, category: str | None = None
                ) -> list[tuple[Inspected, Line]]:
        """Returns the legible identifying lines, or those of a category."""
        return [(one, line) for one in self.files
                for line in one.labelled.lines if line.legible
                and (line.identifying if category is None
                     else line.category == category)]

    def obscured_strings(self) -> list[tuple[Inspected, Line]]:
        """Returns the identifying lines that are not legible."""
        return [(one, line) for one in self.files
                for line in one.labelled.lines
                if line.identifying and not line.legible]

    @property
    def benign(self) -> list[Inspected]:
        """Images with harmless text only."""
        return [one for one in self.files if one.labelled.harmless_only]

    def _judged_benign(self, legible: bool) -> list[Inspected]:
        """Those of them that no header sends to a person, and whose lines are
        all legible, or are not."""
        return [one for one in self.benign if "BURNED_IN" not in one.factors
                and legible is all(line.legible or line.category is None
                                   for line in one.labelled.lines)]

    @property
    def identifying(self) -> list[Inspected]:
        """Identifying images whose text can be read."""
        return [one for one in self.files
                if one.labelled.identifying and one.legible]

    @property
    def empty(self) -> list[Inspected]:
        """Images without text."""
        return [one for one in self.files if not one.labelled.has_text]

    def rates(self, rung: Rung, category: str | None = None) -> RungRates:
        """Returns what a rung reaches; strings of a category or all
        identifying ones."""
        strings = self.strings(category)
        return RungRates(
            rate_of(any(map(rung.names, one.regions_of(line)))
                    for one, line in strings),
            rate_of(rung.held(one) for one, _ in strings),
            rate_of(map(rung.named, self.identifying)),
            rate_of(map(rung.held, self.identifying)),
            *(rate_of(not rung.held(one)
                      for one in self._judged_benign(legible))
              for legible in (True, False)),
            rate_of(map(rung.named, self.benign)),
            rate_of(not rung.held(one) for one in self.empty))

    @property
    def image_bins(self) -> list[Bin]:
        """Reliability of the risk of images whose text can be read."""
        return reliability([(one.risk, one.labelled.identifying)
                            for one in self.files if one.legible])

    @property
    def region_bins(self) -> list[Bin]:
        """Reliability of the risk of regions, where lines are labelled."""
        return reliability(region_labels(self.files))


def region_labels(files: Sequence[Inspected]) -> list[tuple[float, bool]]:
    """Returns each region's risk and whether it lies on identifying text."""
    return [(region.risk, lies_on_identifying(one, region))
            for one in files for region in one.regions]


def lies_on_identifying(one: Inspected, region: Region) -> bool:
    """Whether a region lies on a line that identifies."""
    return any(line.identifying and _stands_in(line.box, region.box)
               for line in one.labelled.lines)
