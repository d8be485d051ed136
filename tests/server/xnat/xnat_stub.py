#!/usr/bin/python3
"""A stand-in for XNAT's REST interface, with faults on demand.

Usage: xnat_stub.py [--tls CERTIFICATE KEY]
Prints its port on a line and serves until its standard input ends.

It keeps projects, subjects and experiments, and answers the requests that
burntind makes as XNAT does, its traps included. What it holds is set and shown
below /stub, without a login:

  POST /stub/world   {"projects": {...}, ...}: see World; also forgets faults
  POST /stub/faults  [{"on": OPERATION, "commit": true|false|"late",
                       "answer": STATUS|HOW, "times": 1}]; HOW: see
                     Connection.fail, "as_usual", or "expire": as usual, and
                     then no session is known any more
  POST /stub/expire  forgets all sessions
  POST /stub/late    does what was put off by "commit": "late"
  GET  /stub/state   what it holds, and what it was asked
"""

from __future__ import annotations

import json
import ssl
import sys
import threading
import urllib.parse
from http.server import ThreadingHTTPServer

from stub_connection import Stub
from stub_rest import Rest


class Handler(Rest):
    """One connection."""

    def route(self) -> None:
        """Finds what the request is about."""
        url = urllib.parse.urlsplit(self.path)
        parts = [urllib.parse.unquote(part)
                 for part in url.path.split("/")[1:]]
        query = {name: values[0] for name, values in urllib.parse.parse_qs(
            url.query, keep_blank_values=True).items()}
        if parts[0] == "stub":
            self.control(parts[1])
            return
        with self.stub.lock:
            self.stub.agents.add(self.headers.get("User-Agent") or "")
            self.stub.traces.append([self.headers.get("traceparent"),
                                     self.headers.get("tracestate")])
        if parts == ["data", "JSESSION"] and self.command == "POST":
            self.log_in()
            return
        body = self.body()
        if self.turn_away():
            return
        self.serve(parts[1:], query, body)

    do_GET = do_POST = do_PUT = route

    def control(self, what: str) -> None:
        """The requests below /stub."""
        body = self.body()
        if what == "world":
            self.stub.load(json.loads(body))
        elif what == "faults":
            self.stub.faults = json.loads(body)
        elif what == "expire":
            self.stub.sessions.clear()
        elif what == "late":
            with self.stub.lock:
                late, self.stub.late = self.stub.late, []
                for commit in late:
                    commit()
        self.answer(200, self.stub.state())


class Server(ThreadingHTTPServer):
    """Says nothing of clients that were killed."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Tells of what is the stub's own fault."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main() -> None:
    """Serves until standard input ends."""
    stub = Stub()
    handler = type("StubHandler", (Handler,), {"stub": stub})
    server = Server(("127.0.0.1", 0), handler)
    if sys.argv[1:2] == ["--tls"]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    stub.stopped.set()


if __name__ == "__main__":
    main()
