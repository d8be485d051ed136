"""A whole site: burntind with a ledger, callers, and a stand-in for XNAT."""

from __future__ import annotations

import contextlib
import importlib
import json
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import programs

STUB = programs.REPOSITORY / "tests/server/xnat/xnat_stub.py"
CHUNK_BYTES = 1 << 20
QUARANTINE, HOSPITAL = "QUARANTINE", "HOSPITAL"


class Stub:
    """A running stand-in for XNAT; see its own head."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"

    def control(self, what: str, body: object = None) -> dict:
        """Asks for what is below /stub; returns the state after it."""
        data = None if body is None else json.dumps(body).encode()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{self.url}/stub/{what}", data) as answer:
            return json.load(answer)

    def state(self) -> dict:
        """What it holds."""
        return self.control("state")


@contextlib.contextmanager
def running_stub(world: dict) -> Iterator[Stub]:
    """Runs the stand-in with this world until the block ends."""
    process = subprocess.Popen(["/usr/bin/python3", STUB],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               text=True)
    try:
        stub = Stub(process, int(process.stdout.readline()))
        stub.control("world", world)
        yield stub
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def world_of(labels: dict[str, str], objects: int = 1) -> dict:
    """Sessions in quarantine, by experiment with their labels."""
    return {
        "projects": [QUARANTINE, HOSPITAL],
        "subjects": {f"S-{key}": {"project": QUARANTINE,
                                  "label": f"DOE^JANE {key}"}
                     for key in labels},
        "experiments": {key: {"project": QUARANTINE, "label": label,
                              "subject": f"S-{key}"}
                        for key, label in labels.items()},
        "scan_files": {key: {"DICOM": objects} for key in labels},
    }


def make_identities(file: Path, roles: dict[str, list[str]]) -> dict[str, str]:
    """Writes a file of identities; returns the token of each."""
    entries, tokens = "identities:\n", {}
    for name, of_name in roles.items():
        options = [part for role in of_name for part in ("--role", role)]
        made = subprocess.run([programs.PROGRAMS / "burntind", "token", name,
                               *options], capture_output=True, text=True,
                              check=True)
        entries += made.stderr.partition("\n")[2]
        tokens[name] = made.stdout.strip()
    file.write_text(entries)
    file.chmod(0o600)
    return tokens


def write_config(root: Path, stub: Stub | None, protocol: str) -> str:
    """The configuration of a site whose files are in `root`."""
    (root / "protocol.txt").write_text(protocol)
    config = (f"identity: {{file: {root}/identities.yaml}}\n"
              f"routing: {{protocol_file: {root}/protocol.txt, "
              f"hospital_project: {HOSPITAL}}}\n"
              f"ledger: {{database: {root}/ledger.sqlite}}\n"
              f"evidence: {{directory: {root}/evidence}}\n"
              "quarantine: {reconcile_interval_seconds: 1, "
              "move_lease_seconds: 3600}\n")
    if stub is not None:
        credentials = root / "xnat-credentials"
        credentials.write_text("burntin:secret\n")
        credentials.chmod(0o600)
        config += (f"xnat: {{url: {stub.url}, credentials_file: {credentials},"
                   " request_timeout_seconds: 5, move_timeout_seconds: 5, "
                   "settle_seconds: 1}\n")
    return config


def audit_verify(root: Path) -> subprocess.CompletedProcess:
    """Runs `burntin audit verify` on the site's ledger."""
    return subprocess.run([programs.PROGRAMS / "burntin", "audit", "verify",
                           root / "ledger.sqlite"], capture_output=True,
                          text=True, check=False)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Asks until it is so."""
    deadline = time.monotonic() + programs.START_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not in time: {what}")
        time.sleep(0.02)


class Caller:
    """One identity's calls. Needs the generated Python code on the path."""

    def __init__(self, address: str, token: str) -> None:
        self.metadata = (("authorization", f"Bearer {token}"),)
        self.channel = grpc.insecure_channel(
            address, [("grpc.enable_http_proxy", 0)])

        def module(name: str):
            return importlib.import_module(f"burntin.v1.{name}")

        self.detection = module("detection_service_pb2")
        self.routing = module("routing_service_pb2")
        self.quarantine = module("quarantine_service_pb2")
        self.audit = module("audit_pb2")
        self._inspector = module(
            "detection_service_pb2_grpc").DetectionServiceStub(self.channel)
        self._router = module(
            "routing_service_pb2_grpc").RoutingServiceStub(self.channel)
        self._cases = module(
            "quarantine_service_pb2_grpc").QuarantineServiceStub(self.channel)

    def inspect(self, file: Path):
        """Uploads a file and returns its report."""
        message = self.detection.InspectInstanceRequest
        data = file.read_bytes()
        header = self.detection.InstanceHeader(file_size_bytes=len(data))
        chunks = [message(chunk=data[start:start + CHUNK_BYTES])
                  for start in range(0, len(data), CHUNK_BYTES)]
        return self._inspector.InspectInstance(
            iter([message(header=header), *chunks]), timeout=120,
            metadata=self.metadata).report

    def decide(self, experiment: str, label: str, reports: list):
        """Has a session in quarantine decided."""
        return self.decide_at(self.routing.SessionLocation(
            project=QUARANTINE, experiment_id=experiment,
            session_label=label), reports)

    def decide_at(self, location, reports: list):
        """Has a session decided; a `location` of None is none."""
        request = self.routing.DecideSessionRequest(
            study_instance_uid=reports[0].study_instance_uid,
            location=location,
            instances=[self.routing.InstanceRef(
                sop_instance_uid=report.sop_instance_uid)
                       for report in reports])
        return self._router.DecideSession(request, timeout=60,
                                          metadata=self.metadata)

    def ask(self, method: str, **fields: object):
        """Calls a method of QuarantineService with these fields."""
        request = getattr(self.quarantine, f"{method}Request")(**fields)
        return getattr(self._cases, method)(request, timeout=60,
                                            metadata=self.metadata)

    def get_case(self, case_id: str):
        """One case."""
        return self.ask("GetCase", case_id=case_id).quarantine_case

    def state_of(self, case_id: str) -> str:
        """The state of a case, by its name."""
        return self.quarantine.CaseState.Name(self.get_case(case_id).state)

    def look_at(self, case) -> dict[str, object]:
        """Gets the evidence of each finding that has one, by the finding."""
        return {finding.finding_id: self.ask(
            "GetEvidence", case_id=case.case_id,
            finding_id=finding.finding_id) for finding in case.findings}

    def release(self, case, request_id: str, digests: dict[str, str]):
        """Releases a case to the hospital's project."""
        return self.ask(
            "ReleaseCase", case_id=case.case_id, etag=case.etag,
            target_project=HOSPITAL, reason="Looked at.",
            acknowledgements=[self.quarantine.Acknowledgement(
                finding_id=finding.finding_id,
                evidence_sha256=digests.get(finding.finding_id, ""))
                              for finding in case.findings],
            request_id=request_id).quarantine_case

    def pages(self, method: str, field: str, **filters: object) -> list:
        """All that a list has."""
        found, token = [], ""
        while True:
            page = self.ask(method, page_size=1000, page_token=token,
                            **filters)
            found.extend(getattr(page, field))
            token = page.next_page_token
            if not token:
                return found


def has_reason(error: grpc.RpcError, reason: str) -> bool:
    """Whether an error of the contract names this reason."""
    return any(key == "grpc-status-details-bin" and reason.encode() in value
               for key, value in error.trailing_metadata())
