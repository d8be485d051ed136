"""What the stand-in for XNAT holds, and how it answers or fails to."""

from __future__ import annotations

import base64
import json
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

LOGIN_PAGE = b"<html><body><form>Please log in.</form></body></html>"


@dataclass
class World:
    """All that the stub holds. `rights` are those of its one account."""

    account: str = "burntin:secret"  # user or alias, and its secret
    projects: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    # alias -> project that it stands for
    aliases: dict[str, str] = field(default_factory=dict)
    # ID -> {"project", "label", "shared": {project: label}}
    subjects: dict[str, dict] = field(default_factory=dict)
    # ID -> {"project", "label", "subject", "shared": {project: label}}
    experiments: dict[str, dict] = field(default_factory=dict)
    rights: list[str] = field(default_factory=lambda: ["delete", "edit"])
    # What a request without a valid session gets: "401", "login_page",
    # "redirect", "guest" (who sees no project; with a new session) or
    # "silent_guest" (without one).
    strangers: str = "401"
    # experiment -> collection of its scans' files -> how many
    scan_files: dict[str, dict[str, int]] = field(default_factory=dict)
    # experiment -> labels of its own resources, beside BURNTIN
    resources: dict[str, list[str]] = field(default_factory=dict)
    # experiment -> file name -> base64
    files: dict[str, dict[str, str]] = field(default_factory=dict)


class Stub:
    """The state that all requests share, under one lock."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.stopped = threading.Event()
        self.load({})

    def load(self, world: dict) -> None:
        """Starts over with this world."""
        with self.lock:
            self.world = World(**world)
            self.faults: list[dict] = []
            self.late: list = []
            self.sessions: set[str] = set()
            self.asked: list[str] = []
            self.agents: set[str] = set()
            self.traces: list[list[str | None]] = []
            self.moving: dict[str, int] = {}
            self.most_at_once = 0
            self.commits: list[list[str]] = []
            self.commit_times: list[float] = []

    def fault_for(self, operation: str) -> dict | None:
        """The next fault that waits for this operation, used up once."""
        with self.lock:
            for fault in self.faults:
                if fault["on"] == operation:
                    fault["times"] = fault.get("times", 1) - 1
                    if fault["times"] <= 0:
                        self.faults.remove(fault)
                    return fault
        return None

    def state(self) -> dict:
        """What tests look at."""
        with self.lock:
            return {
                "projects": {key: one["project"] for key, one
                             in self.world.experiments.items()},
                "shared_subjects": {key: one.get("shared", {}) for key, one
                                    in self.world.subjects.items()},
                "files": {key: {name: base64.b64decode(text).decode()
                                for name, text in files.items()}
                          for key, files in self.world.files.items()},
                "asked": self.asked,
                "agents": sorted(self.agents),
                "traces": self.traces,
                "most_moves_at_once": self.most_at_once,
                "commits": self.commits,
                # Seconds since 1970, one for each of them.
                "commit_times": self.commit_times,
                "late": len(self.late),
                "faults_left": self.faults,
            }


class Connection(BaseHTTPRequestHandler):
    """Reads requests, answers them, and fails where a fault says so."""

    stub: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Stays silent: paths may hold labels."""

    # --- reading and answering

    def body(self) -> bytes:
        """The request's body."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self, status: int, content: bytes | str | dict = b"",
               kind: str = "application/json", **headers: str) -> None:
        """Sends one answer."""
        if isinstance(content, dict):
            content = json.dumps(content)
        if isinstance(content, str):
            content = content.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind + ";charset=UTF-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def rows(self, rows: list[dict]) -> None:
        """Answers a table as XNAT does, its total a string."""
        self.answer(200, {"ResultSet": {"Result": rows,
                                        "totalRecords": str(len(rows))}})

    def item(self, fields: dict) -> None:
        """Answers one item as XNAT does."""
        self.answer(200, {"items": [{"children": [], "meta": {},
                                     "data_fields": fields}]})

    def cut(self) -> None:
        """Ends the connection without an answer."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def hang(self) -> None:
        """Answers nothing until the client has gone, or the stub stops."""
        self.connection.settimeout(0.05)
        while not self.stub.stopped.is_set():
            try:
                if not self.connection.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        self.close_connection = True

    def fail(self, how: int | str) -> None:
        """Answers in a way that the operation did not ask for."""
        if how == "cut":
            self.cut()
        elif how == "hang":
            self.hang()
        elif how == "html":
            self.answer(200, LOGIN_PAGE, "text/html")
        elif how == "garbage":
            self.answer(200, '{"items": [{"data_fie')
        elif how == "huge":
            self.answer(200, b" " * (17 << 20))
        elif how == "as_if":
            # A session that the stub does not know a moment later.
            self.answer(200, secrets.token_hex(16), "text/plain")
        elif how == 200:
            self.answer(200, "", "text/plain")
        else:
            self.answer(int(how), "<html>no</html>", "text/html")

    def operate(self, operation: str, commit: Callable[[], object],
                answer: Callable[[], None]) -> None:
        """Does `commit` and then `answer`, or what a fault says instead."""
        with self.stub.lock:
            self.stub.asked.append(operation)
        fault = self.stub.fault_for(operation)
        if fault is None:
            commit()
            answer()
            return
        when = fault.get("commit", False)
        if when == "late":
            with self.stub.lock:
                self.stub.late.append(commit)
        elif when:
            commit()
        if fault["answer"] == "expire":
            self.stub.sessions.clear()
        if fault["answer"] in ("as_usual", "expire"):
            answer()
        else:
            self.fail(fault["answer"])

    # --- who asks

    def session(self) -> str:
        """The value of the cookie JSESSIONID."""
        for part in (self.headers.get("Cookie") or "").split(";"):
            name, _, value = part.strip().partition("=")
            if name == "JSESSIONID":
                return value
        return ""

    def log_in(self) -> None:
        """POST /data/JSESSION."""
        self.body()
        given = self.headers.get("Authorization") or ""
        expected = "Basic " + base64.b64encode(
            self.stub.world.account.encode()).decode()
        if given != expected:
            self.operate("login", lambda: None,
                         lambda: self.answer(401, LOGIN_PAGE, "text/html"))
            return
        session = secrets.token_hex(16).upper()
        self.operate("login", lambda: self.stub.sessions.add(session),
                     lambda: self.answer(200, session, "text/plain"))

    def turn_away(self) -> bool:
        """Answers a stranger; says whether it did."""
        if self.session() in self.stub.sessions:
            return False
        strangers = self.stub.world.strangers
        if strangers == "401":
            self.answer(401, LOGIN_PAGE, "text/html")
        elif strangers == "login_page":
            self.answer(200, LOGIN_PAGE, "text/html")
        elif strangers == "redirect":
            self.answer(302, LOGIN_PAGE, "text/html",
                        Location="http://192.0.2.1/app/template/Login.vm")
        elif "username" in self.path:
            self.answer(200, "guest", "text/plain")
        elif strangers == "guest":
            self.answer(404, LOGIN_PAGE, "text/html",
                        Set_Cookie=f"JSESSIONID={secrets.token_hex(8)}; Path=/")
        else:
            self.answer(404, LOGIN_PAGE, "text/html")
        return True
