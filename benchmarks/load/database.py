"""A PostgreSQL server of one's own, reached by a socket in a folder, that can
be ended as if the machine had crashed and started again."""

from __future__ import annotations

import os
import pathlib
import pwd
import signal
import subprocess
import time

_INSTALLED = pathlib.Path("/usr/lib/postgresql")
_START_SECONDS = 120
NAME = "ledger"


def _programs() -> pathlib.Path:
    versions = sorted(_INSTALLED.glob("*/bin/initdb"))
    if not versions:
        raise OSError("PostgreSQL is missing; scripts/install-deps --test "
                      "installs it")
    return versions[-1].parent


def _as_other_user() -> dict:
    """PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


class Database:
    """Ends with the block that it is used in."""

    def __init__(self, folder: pathlib.Path) -> None:
        self._folder, self._data = folder, folder / "data"
        self._server: subprocess.Popen | None = None
        self._log = (folder / "postgresql.log").open("ab")
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
        self._run("initdb", "-D", str(self._data), "-U", "burntin", "-A",
                  "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    def __enter__(self) -> Database:
        self.start()
        self._run("createdb", "-h", str(self._folder), "-U", "burntin", NAME)
        return self

    def __exit__(self, *_: object) -> None:
        self.crash()
        self._log.close()

    @property
    def description(self) -> str:
        """How libpq finds it."""
        return f"host={self._folder} user=burntin dbname={NAME}"

    def start(self) -> None:
        """Starts it, and waits until it answers. Nothing is flushed to the
        disk: processes are killed here, not the machine."""
        self._server = subprocess.Popen(
            [_programs() / "postgres", "-D", self._data, "-k", self._folder,
             "-c", "listen_addresses=", "-c", "fsync=off",
             "-c", "max_connections=40"], cwd="/", stdout=self._log,
            stderr=self._log, **_as_other_user())
        deadline = time.monotonic() + _START_SECONDS
        ready = [_programs() / "pg_isready", "-q", "-h", self._folder]
        while subprocess.run(ready, check=False).returncode != 0:
            if (self._server.poll() is not None
                    or time.monotonic() > deadline):
                raise OSError("PostgreSQL did not start")
            time.sleep(.05)

    def crash(self) -> None:
        """Ends it at once."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait()
            self._server = None

    def column(self, query: str) -> list[str]:
        """Returns the rows of a query with one column."""
        done = subprocess.run(
            [_programs() / "psql", "-At", "-h", self._folder, "-U", "burntin",
             "-c", query, NAME], capture_output=True, text=True, check=True)
        return done.stdout.split()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([_programs() / program, *arguments], check=True,
                       cwd="/", stdout=self._log, stderr=self._log,
                       **_as_other_user())
