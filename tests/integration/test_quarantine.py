"""Holds sessions and lets them out again, with the programs as they are built:
callers over gRPC, XNAT's stand-in over HTTP."""

from __future__ import annotations

import hashlib
import io
import stat
import sys
import tempfile
import unittest
from pathlib import Path

import grpc
import numpy
import programs
import pydicom
import site_of_burntind as site
from PIL import Image
from pydicom.uid import generate_uid
from test_examples import generate_python

ORANGE = (255, 140, 0)
CLEAR, AERA, LABEL = "clear.dcm", "Aera", "PID 4711"
PROTOCOL = ("0008,0060 Modality ALL\n"
            "0008,1090 ManufacturersModelName Aera\n")
ROLES = {"gateway": ["submitter"], "rob": ["reviewer"], "ann": ["admin"]}


def outline_of(png: bytes) -> numpy.ndarray:
    """Where the picture has the colour of outlines."""
    picture = numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    return (picture == ORANGE).all(axis=2)


class QuarantineTest(unittest.TestCase):
    """Each test has a site of its own."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.made = Path(folder.name)
        generate_python(cls.made)
        sys.path.insert(0, folder.name)
        cls.addClassCleanup(sys.path.remove, folder.name)
        cls.samples = programs.make_samples(cls.made / "samples", "--preset",
                                            "demo")

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.tokens = site.make_identities(self.root / "identities.yaml",
                                           ROLES)

    def callers(self, server: programs.Server) -> list[site.Caller]:
        """The submitter, the reviewer and the admin."""
        programs.wait_until_serving(server)
        return [site.Caller(server.address, self.tokens[name])
                for name in ROLES]

    def files(self, *, identifying: bool) -> list[Path]:
        """The samples that name a patient, or those that do not."""
        return [self.made / "samples" / sample["path"]
                for sample in self.samples
                if sample["identifying"] == identifying]

    def clear_file(self, gateway: site.Caller, model: str) -> Path:
        """A file of a session and a device of its own, found clear."""
        for file in self.files(identifying=False):
            data = pydicom.dcmread(file)
            data.ManufacturerModelName = model
            data.StudyInstanceUID = generate_uid()
            data.SOPInstanceUID = generate_uid()
            data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID
            changed = self.root / CLEAR
            data.save_as(changed)
            if gateway.inspect(changed).verdict == 1:
                return changed
        self.fail("no sample is clear")

    def assert_refused(self, reason: str, call, *arguments) -> grpc.RpcError:
        """The call fails with this reason."""
        with self.assertRaises(grpc.RpcError) as refused:
            call(*arguments)
        self.assertTrue(site.has_reason(refused.exception, reason),
                        f"{refused.exception.details()}, expected {reason}")
        return refused.exception

    def assert_box_is_drawn(self, shown) -> None:
        """The outline runs around the finding's box, and not through it."""
        lines = outline_of(shown.png)
        box, scale = shown.finding.region.box, shown.scale
        left, top = int(box.x * scale), int(box.y * scale)
        right = int((box.x + box.width) * scale)
        foot = int((box.y + box.height) * scale)
        reach = max(1, max(lines.shape) // 500) * 2
        middle = lines[(top + foot) // 2]
        column = lines[:, (left + right) // 2]
        self.assertTrue(middle[max(left - reach, 0):left + 1].any(), "left")
        self.assertTrue(middle[right - 1:right + reach + 1].any(), "right")
        self.assertTrue(column[max(top - reach, 0):top + 1].any(), "top")
        self.assertTrue(column[foot - 1:foot + reach + 1].any(), "foot")

    def test_what_was_found_is_shown_and_then_let_out(self) -> None:
        with site.running_stub(site.world_of({"E1": LABEL})) as stub:
            config = site.write_config(self.root, stub, PROTOCOL)
            with programs.running_server(self.root, config) as server:
                gateway, _, _ = self.callers(server)
                report = gateway.inspect(self.files(identifying=True)[0])
                decided = gateway.decide("E1", LABEL, [report])
            # The pictures outlive the process that took them.
            with programs.running_server(self.root, config) as server:
                _, rob, ann = self.callers(server)
                self.look_and_release(stub, rob, ann, decided.case_id)
        self.assertEqual(site.audit_verify(self.root).returncode, 0)

    def look_and_release(self, stub: site.Stub, rob: site.Caller,
                         ann: site.Caller, case_id: str) -> None:
        """What an admin does, and tries to do."""
        case = ann.get_case(case_id)
        self.assertTrue(any(finding.HasField("region")
                            for finding in case.findings))
        seen_by_another = {
            finding: shown.evidence_sha256
            for finding, shown in rob.look_at(case).items()}
        self.assert_refused("EVIDENCE_NOT_SHOWN", ann.release, case, "r1",
                            seen_by_another)
        shown = ann.look_at(case)
        for one in shown.values():
            self.assertEqual(hashlib.sha256(one.png).hexdigest(),
                             one.evidence_sha256)
            if one.finding.HasField("region"):
                self.assert_box_is_drawn(one)
        digests = {finding: one.evidence_sha256
                   for finding, one in shown.items()}
        self.assert_refused("EVIDENCE_NOT_SHOWN", ann.release, case, "r2", {})
        self.lose_a_picture(ann, case, digests)
        self.assertEqual(stub.state()["commits"], [])
        released = ann.release(case, "r4", digests)
        self.assertEqual(released.state,
                         ann.quarantine.CASE_STATE_RELEASED)
        self.assertEqual(stub.state()["projects"], {"E1": site.HOSPITAL})

    def lose_a_picture(self, ann: site.Caller, case,
                       digests: dict[str, str]) -> None:
        """A picture that is gone, or another, is not shown and stops a
        release."""
        finding, digest = next(iter(digests.items()))
        file = self.root / "evidence/kept" / digest[:2] / f"{digest}.png"
        for path in (file, *file.parents):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0)
            if path == self.root / "evidence":
                break
        picture = file.read_bytes()
        file.write_bytes(picture + b"\0")
        self.assert_refused("EVIDENCE_UNAVAILABLE", lambda: ann.ask(
            "GetEvidence", case_id=case.case_id, finding_id=finding))
        self.assert_refused("EVIDENCE_UNAVAILABLE", ann.release, case, "r3",
                            digests)
        file.write_bytes(picture)

    def test_a_smaller_picture_is_a_picture_of_its_own(self) -> None:
        config = site.write_config(self.root, None, PROTOCOL)
        with programs.running_server(self.root, config) as server:
            gateway, rob, _ = self.callers(server)
            report = gateway.inspect(self.files(identifying=True)[0])
            case = rob.get_case(
                gateway.decide("E1", LABEL, [report]).case_id)
            finding = case.findings[0].finding_id
            whole = rob.ask("GetEvidence", case_id=case.case_id,
                            finding_id=finding)
            small = rob.ask("GetEvidence", case_id=case.case_id,
                            finding_id=finding, max_side=100)
        self.assertEqual(max(Image.open(io.BytesIO(small.png)).size), 100)
        self.assertLess(small.scale, whole.scale)
        self.assertNotEqual(small.evidence_sha256, whole.evidence_sha256)

    def test_dashers_import_quarantine(self) -> None:
        """DASHER's user test: a session of the excluded model is held, and
        the admin moves it out; a label conflict moves nothing."""
        world = site.world_of({"E1": LABEL, "E2": "PID 4712"})
        world["experiments"]["E3"] = {"project": site.HOSPITAL,
                                      "label": LABEL, "subject": "S-E2"}
        with site.running_stub(world) as stub:
            config = site.write_config(self.root, stub, PROTOCOL)
            with programs.running_server(self.root, config) as server:
                gateway, rob, ann = self.callers(server)
                other = gateway.inspect(self.clear_file(gateway, "Other"))
                decision = gateway.decide("E2", "PID 4712", [other]).decision
                self.assertEqual(decision.target_project, site.HOSPITAL)

                aera = gateway.inspect(self.clear_file(gateway, AERA))
                held = gateway.decide("E1", LABEL, [aera])
                self.assertEqual(held.decision.target_project,
                                 site.QUARANTINE)
                case = ann.get_case(held.case_id)
                self.assertEqual(case.location.experiment_id, "E1")
                self.assert_refused("ROLE_MISSING", rob.release, case, "r0",
                                    {})
                conflict = self.assert_refused(
                    "LABEL_CONFLICT", ann.release, case, "r1", {})
                self.assertEqual(conflict.code(),
                                 grpc.StatusCode.ALREADY_EXISTS)
                self.assertEqual(stub.state()["commits"], [])
                self.assertEqual(ann.state_of(held.case_id),
                                 "CASE_STATE_HELD")

                del world["experiments"]["E3"]
                stub.control("world", world)
                ann.release(case, "r2", {})
                self.assertEqual(stub.state()["commits"],
                                 [["E1", site.QUARANTINE, site.HOSPITAL]])
                self.assertEqual(ann.state_of(held.case_id),
                                 "CASE_STATE_RELEASED")
        self.assertEqual(site.audit_verify(self.root).returncode, 0)


if __name__ == "__main__":
    unittest.main()
