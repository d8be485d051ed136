"""What a soak run sees: how calls ended, and what must not have been."""

from __future__ import annotations

import collections
import re
import threading
from collections.abc import Collection
from dataclasses import dataclass, field

import grpc

_MOST_TOLD = 50
_REASON = re.compile(rb"[A-Z][A-Z_]{4,62}")

# Ends that a client has to expect of any call: code and reason.
BUSY = ("RESOURCE_EXHAUSTED", "TOO_MANY_REQUESTS")
NO_LEDGER = ("UNAVAILABLE", "LEDGER_UNAVAILABLE")
TOO_LATE = "DEADLINE_EXCEEDED"
CANCELLED = "CANCELLED"


def end_of(error: grpc.RpcError) -> tuple[str, str]:
    """Returns the code of an error, and burntin's reason or nothing."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            found = _REASON.search(value)
            return error.code().name, found.group().decode() if found else ""
    return error.code().name, ""


@dataclass(frozen=True)
class Decided:
    """A decision that the server has answered."""

    decision_id: str
    case_id: str  # empty for a session that was let out


@dataclass
class Notes:
    """Any number of threads may write at the same time."""

    ends: collections.Counter = field(default_factory=collections.Counter)
    violations: list[str] = field(default_factory=list)
    violations_total: int = 0
    decided: list[Decided] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)  # request by case
    faults: collections.Counter = field(default_factory=collections.Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ended(self, activity: str, how: str) -> None:
        """An activity ended in one of the ways that it may."""
        with self.lock:
            self.ends[activity, how] += 1

    def broken(self, what: str) -> None:
        """Something was as it must not be. `what` holds no PHI."""
        with self.lock:
            self.violations_total += 1
            if len(self.violations) < _MOST_TOLD:
                self.violations.append(what)

    def failed(self, activity: str, error: grpc.RpcError,
               allowed: Collection[str | tuple[str, str]]) -> bool:
        """A call failed; `allowed` are codes, or codes with reasons. Returns
        whether it may fail so."""
        code, reason = end_of(error)
        if code in allowed or (code, reason) in allowed:
            self.ended(activity, f"{code} {reason}".strip())
            return True
        self.broken(f"{activity}: {code} {reason}: {error.details()}")
        return False

    def injected(self, fault: str) -> None:
        """A fault was made."""
        with self.lock:
            self.faults[fault] += 1

    def remember(self, decided: Decided) -> None:
        """The server has answered a decision."""
        with self.lock:
            self.decided.append(decided)

    def remember_kept(self, case_id: str, request_id: str) -> None:
        """The server has answered that it keeps a case."""
        with self.lock:
            self.kept[case_id] = request_id

    def some_decided(self) -> list[Decided]:
        """The decisions so far."""
        with self.lock:
            return list(self.decided)
