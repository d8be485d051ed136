"""What a method answered about a file, as burntin-measure prints it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .geometry import Box

BURNTIN, THOROUGH = "burntin", "burntin-thorough"
# A cine's frames only where they are new, and each in full: its oracle. One of
# them is what `burntin` does.
ONLY_NEW, EVERY_FRAME = "burntin-new", "burntin-every"
# With burntin's own networks alone, in OpenCV: nothing is downloaded for it.
OWN_ALONE = "burntin-own"
# DCMTK alone, which looks at nothing.
DECODE = "decode"
TESSERACT = "tesseract-psm"

# A word of Tesseract that is less sure is not text, as users of Tesseract
# have it.
_TESSERACT_CONFIDENCE = .3


@dataclass(frozen=True)
class Found:
    """A text that a method found."""

    box: Box
    frames: tuple[tuple[int, int], ...] = ()  # first, last; (): all
    text: str = ""
    confidence: float = 1.0
    category: str = ""
    source: str = "FRAME"

    @property
    def suspect(self) -> bool:
        """Whether the method does not call it harmless."""
        return self.category != "BENIGN"

    def shares_frame(self, frames: tuple[int, int] | None) -> bool:
        """Whether it stands on some frame of [first, last]; None: of all."""
        if frames is None or not self.frames:
            return True
        return any(first <= frames[1] and last >= frames[0]
                   for first, last in self.frames)


@dataclass(frozen=True)
class Answer:
    """One method about one file. `error` says why there is none."""

    method: str
    texts: tuple[Found, ...] = ()
    verdict: str = ""
    risk: float = -1
    frames: int = 0
    cpu_ms: float = 0
    open_ms: float = 0
    stages_ms: dict[str, float] = field(default_factory=dict)
    error: str = ""

    @staticmethod
    def from_json(data: dict) -> Answer:
        """Makes it from a line of burntin-measure."""
        texts = tuple(Found(
            box=tuple(text["box"]),
            frames=tuple(map(tuple, text.get("frames", ()))),
            text=text.get("text", ""), confidence=text.get("confidence", 1.0),
            category=text.get("category", ""),
            source=text.get("source", "FRAME"))
            for text in data.get("texts", ()))
        return Answer(
            method=data["method"], texts=texts,
            verdict=data.get("verdict", ""), risk=data.get("risk", -1),
            frames=data.get("frames", 0), cpu_ms=data.get("cpu_ms", 0),
            open_ms=data.get("open_ms", 0),
            stages_ms=data.get("stages_ms", {}), error=data.get("error", ""))

    @property
    def is_burntin(self) -> bool:
        """Whether it has a verdict and fails closed."""
        return self.method in (BURNTIN, ONLY_NEW, EVERY_FRAME, THOROUGH,
                               OWN_ALONE)

    @property
    def answered(self) -> bool:
        """Whether it may be judged. burntin may always: no answer is one."""
        return self.is_burntin or not self.error

    @property
    def boxes(self) -> list[Found]:
        """The texts in frames of which the method is sure enough."""
        least = (_TESSERACT_CONFIDENCE if self.method.startswith(TESSERACT)
                 else 0)
        return [text for text in self.texts
                if text.source == "FRAME" and text.confidence >= least
                and text.box[2] > 0 and text.box[3] > 0]

    @property
    def flagged(self) -> bool:
        """Whether the image is kept back: burntin's verdict, a peer's box."""
        if self.is_burntin:
            return self.verdict != "CLEAR"
        return bool(self.boxes)

    @property
    def indeterminate(self) -> bool:
        """Whether burntin kept the image back for want of an answer."""
        return self.is_burntin and self.verdict not in (
            "CLEAR", "REVIEW", "IDENTIFYING")

    @property
    def score(self) -> float:
        """What a threshold would be set on, in [0, 1]."""
        if self.is_burntin:
            return 1.0 if self.indeterminate else self.risk
        return max((text.confidence for text in self.texts), default=0.0)

    @property
    def work_ms(self) -> float:
        """CPU time without opening the object and decoding its pixels."""
        return max(0.0, self.cpu_ms - self.open_ms
                   - self.stages_ms.get("decode", 0))
