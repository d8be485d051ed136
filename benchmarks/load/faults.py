"""What goes wrong on purpose while others work."""

from __future__ import annotations

import contextlib
import os
import pathlib
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping

import grpc

from . import places, processes
from .arrivals import Mix
from .callers import SoakCaller
from .database import Database
from .notes import BUSY, CANCELLED, TOO_LATE, Notes
from .traffic import Worker, judge_report

_HASTE_S = .3          # the latest moment at which a caller gives up
_DECODER_LIVES_S = (1, 6)
_DOWN_S = 3.0          # that the database stays away, at most
_HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


class Hasty(Worker):
    """InspectInstance with a deadline that is too near, or cancelled."""

    activity = "InspectInstance, given up"
    pause_s = .5

    def __init__(self, caller: SoakCaller, notes: Notes, dice: random.Random,
                 mix: Mix, quiet: Mapping[pathlib.Path, bytes]) -> None:
        super().__init__(caller, notes, dice)
        self.mix, self.quiet = mix, quiet

    def once(self) -> None:
        file = self.mix.draw(self.dice)
        haste_s = self.dice.uniform(.001, _HASTE_S)
        cancels = self.dice.random() < .5
        call = self.caller.begin(file, 60 if cancels else haste_s)
        self.notes.injected("calls cancelled" if cancels
                            else "calls with a near deadline")
        if cancels:
            time.sleep(haste_s)
            call.cancel()
        try:
            report = call.result().report
        except grpc.FutureCancelledError:
            self.ended(CANCELLED)
        except grpc.RpcError as error:
            self.notes.failed(self.activity, error,
                              {BUSY, TOO_LATE, CANCELLED})
        else:
            if judge_report(report, self.quiet[file]) is None:
                self.notes.broken(f"{self.activity}: {file.name} has another "
                                  "answer")
            self.ended("answered in time")


class Leaving(Worker):
    """A stream that its client leaves before all is sent or read."""

    activity = "InspectStream, left"
    pause_s = 1.0

    def __init__(self, caller: SoakCaller, notes: Notes, dice: random.Random,
                 mix: Mix, address: str, token_file: pathlib.Path) -> None:
        super().__init__(caller, notes, dice)
        self.mix, self.address, self.token_file = mix, address, token_file

    def once(self) -> None:
        self.dice.choice((self._leave, self._die, self._babble))()

    def _leave(self) -> None:
        """Cancels after some answers, or none."""
        self.notes.injected("streams left in the middle")
        call = self.caller.stream([self.mix.draw(self.dice)
                                   for _ in range(8)])
        try:
            for _ in range(self.dice.randrange(3)):
                next(call, None)
            time.sleep(self.dice.uniform(0, _HASTE_S))
            call.cancel()
            for _ in call:
                pass
        except grpc.RpcError as error:
            self.notes.failed(self.activity, error, {BUSY, CANCELLED})

    def _die(self) -> None:
        """The client's process is killed while it uploads."""
        self.notes.injected("clients killed")
        files = [self.mix.draw(self.dice) for _ in range(8)]
        client = subprocess.Popen(
            [places.PROGRAMS / "burntin", "scan", "-q", "--format", "jsonl",
             "--server", self.address, "--token-file", self.token_file,
             *files], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            client.wait(timeout=self.dice.uniform(.05, 2 * _HASTE_S))
        client.kill()
        client.wait()
        self.ended("killed")

    def _babble(self) -> None:
        """Something that is no client connects, and goes."""
        self.notes.injected("connections that are no gRPC")
        host, port = self.address.rsplit(":", 1)
        with socket.create_connection((host, int(port))) as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(self.dice.choice((b"", _HTTP2_PREFACE))
                                   + self.dice.randbytes(200))
        self.ended("gone")


def kill_decoders(server: places.Server, notes: Notes, dice: random.Random,
                  stop: threading.Event) -> None:
    """Kills a process that decodes, again and again."""
    while not stop.wait(dice.uniform(*_DECODER_LIVES_S)):
        children = processes.children_of(server.process.pid)
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(dice.choice(children), signal.SIGKILL)
                notes.injected("decoders killed")


def restart_database(database: Database, notes: Notes, dice: random.Random,
                     period_s: float, stop: threading.Event) -> None:
    """Ends the database as a crash would, and starts it again."""
    while not stop.wait(dice.uniform(.5, 1.5) * period_s):
        database.crash()
        notes.injected("crashes of the database")
        time.sleep(dice.uniform(0, _DOWN_S))
        database.start()
