"""Turns measurements into the figures of the accuracy page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .answers import BURNTIN, THOROUGH, Answer
from .dimensions import (DIMENSIONS, Dimension, Group, characters_of, groups)
from .judging import Judged, judge
from .results import Measured
from .statistics_of_rates import Rate, RocPoint, area_under, rate_of, roc


@dataclass(frozen=True)
class Rates:
    """What one method did on a set of images."""

    images: int
    identifying_held: Rate   # of images that identify a person
    text_found: Rate         # of images with text: a line of it
    clean_flagged: Rate      # of images without text
    harmless_cleared: Rate   # of images with harmless text only
    lines_found: Rate
    # Of lines that identify: covered by what is not called harmless.
    identifying_lines_suspect: Rate
    characters_read: Rate
    words_read: Rate
    indeterminate: int
    unanswered: int

    def as_json(self) -> dict:
        """For the summary."""
        return {name: value.as_json() if isinstance(value, Rate) else value
                for name, value in vars(self).items()}


def image_found(judged: Judged) -> bool:
    """Whether text was found on an image with text. Where the labels have no
    boxes, any box will do."""
    return judged.hit if judged.lines else bool(judged.answer.boxes)


def rates(judged: Sequence[Judged], *, legible: bool = False) -> Rates:
    """Returns the rates of one method. `legible`: of legible lines, and of
    the images that have some or are clean."""
    seen = [one for one in judged if one.answer.answered]
    if legible:
        seen = [one for one in seen if not one.labelled.has_text
                or any(line.line.legible for line in one.lines)]
    lines = [line for one in seen for line in one.lines
             if line.line.legible or not legible]
    identifying = [one for one in seen if one.labelled.identifying]
    if legible:
        identifying = [one for one in identifying if any(
            line.line.legible and (line.line.identifying
                                   or line.line.category is None)
            for line in one.lines)]
    words = [line.words for line in lines]
    return Rates(
        images=len(seen),
        identifying_held=rate_of(one.answer.flagged for one in identifying),
        text_found=rate_of(image_found(one) for one in seen
                           if one.labelled.has_text),
        clean_flagged=rate_of(one.answer.flagged for one in seen
                              if not one.labelled.has_text),
        harmless_cleared=rate_of(
            not one.answer.flagged for one in seen
            if one.labelled.harmless_only),
        lines_found=rate_of(line.found for line in lines),
        identifying_lines_suspect=rate_of(
            line.suspect for line in lines if line.line.identifying),
        characters_read=characters_of(lines),
        words_read=Rate(sum(read for read, _ in words),
                        sum(all_ for _, all_ in words)),
        indeterminate=sum(one.answer.indeterminate for one in seen),
        unanswered=len(judged) - len([1 for one in judged
                                      if one.answer.answered]))


@dataclass(frozen=True)
class Agreement:
    """The cascade beside the oracle, on the same images."""

    different: Rate        # verdicts that differ
    wrongly_cleared: Rate  # clear by the cascade, held by the oracle
    keys: tuple[str, ...]  # of the images whose verdicts differ


def agreement(measured: Iterable[Measured]) -> Agreement | None:
    """Compares the verdicts where both were asked; None if nowhere."""
    pairs: list[tuple[str, Answer, Answer]] = [
        (one.labelled.key, one.answers[BURNTIN], one.answers[THOROUGH])
        for one in measured if {BURNTIN, THOROUGH} <= one.answers.keys()]
    if not pairs:
        return None
    return Agreement(
        rate_of(fast.verdict != slow.verdict for _, fast, slow in pairs),
        rate_of(slow.flagged and not fast.flagged for _, fast, slow in pairs),
        tuple(sorted(key for key, fast, slow in pairs
                     if fast.verdict != slow.verdict)))


@dataclass(frozen=True)
class Curve:
    """A ROC curve: images that identify a person against clean ones."""

    points: tuple[RocPoint, ...]
    area: float
    images: int


def curve(judged: Sequence[Judged]) -> Curve:
    """Returns the ROC curve of one method's scores."""
    seen = [one for one in judged if one.answer.answered]
    positives = [one.answer.score for one in seen if one.labelled.identifying]
    negatives = [one.answer.score for one in seen
                 if not one.labelled.has_text]
    points = roc(positives, negatives)
    return Curve(tuple(points), area_under(points),
                 len(positives) + len(negatives))


@dataclass(frozen=True)
class Turned:
    """Lines of one orientation beside upright ones, by one method."""

    name: str
    found: Rate
    upright: Rate

    @property
    def points_lost(self) -> float:
        """Percentage points below upright lines; negative: above."""
        return 100 * (self.upright.value - self.found.value)


class Accuracy:
    """All figures of a run."""

    def __init__(self, measured: Sequence[Measured]) -> None:
        self.judged: dict[str, list[Judged]] = {}
        for one in measured:
            for method, answer in one.answers.items():
                self.judged.setdefault(method, []).append(
                    judge(one.labelled, answer))
        self.agreement = agreement(measured)
        self.images = [one.labelled for one in measured]

    @property
    def methods(self) -> list[str]:
        """The methods that were asked, burntin first."""
        rest = sorted(set(self.judged) - {BURNTIN, THOROUGH})
        return [m for m in (BURNTIN, THOROUGH, *rest) if m in self.judged]

    @property
    def peers(self) -> list[str]:
        """The methods that are not burntin."""
        return [m for m in self.methods if m not in (BURNTIN, THOROUGH)]

    def shared(self, method: str) -> list[Judged]:
        """What a method did on the images that all peers were asked about;
        on all of its images if there are no peers."""
        keys = [{one.labelled.key for one in self.judged[peer]}
                for peer in self.peers or [method]]
        common = set.intersection(*keys)
        return [one for one in self.judged[method]
                if one.labelled.key in common]

    @property
    def side_by_side(self) -> list[str]:
        """The methods that were asked about every image all peers were."""
        everything = len(self.shared(BURNTIN))
        return [method for method in self.methods
                if everything and len(self.shared(method)) == everything]

    def groups(self, dimension: Dimension, method: str = BURNTIN, *,
               shared: bool = False) -> list[Group]:
        """Returns a method's lines by a dimension."""
        return groups(dimension, self.shared(method) if shared
                      else self.judged[method])

    def turned(self) -> list[Turned]:
        """Returns legible lines of each orientation beside upright ones."""
        by_turn = self.groups(DIMENSIONS[2])
        upright = [g for g in by_turn if g.name == "0°"]
        return [Turned(g.name, g.found, upright[0].found) for g in by_turn
                if g.name != "0°" and upright]

    def as_json(self) -> dict:
        """The summary."""
        shared = {method: rates(self.shared(method)).as_json()
                  for method in self.side_by_side}
        return {
            "images": len(self.images),
            "all": rates(self.judged[BURNTIN]).as_json(),
            "legible": rates(self.judged[BURNTIN], legible=True).as_json(),
            "same_images_for_all_methods": shared,
            "agreement_with_oracle": self.agreement and {
                "different": self.agreement.different.as_json(),
                "wrongly_cleared": self.agreement.wrongly_cleared.as_json(),
                "keys": list(self.agreement.keys)},
            "area_under_roc": {
                method: _or_none(curve(self.judged[method]).area)
                for method in self.methods},
            "lines_by": {dimension.title: {
                group.name: {"found": group.found.as_json(),
                             "characters_read": group.characters.as_json()}
                for group in self.groups(dimension)}
                for dimension in DIMENSIONS},
        }


def _or_none(number: float) -> float | None:
    """Returns the number, or None for what JSON has no name for."""
    return number if number == number else None
