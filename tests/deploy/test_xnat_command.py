"""What XNAT reads: the command, its rules, and the event subscription."""

from __future__ import annotations

import copy
import json
import os
import re
import shlex
import subprocess
import unittest
from pathlib import Path

import container_service

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("BURNTIN_BIN",
                              REPOSITORY / "build/release/bin")) / "burntin"
COMMAND = json.loads((REPOSITORY / "deploy/xnat/command.json").read_text())


def wrapper(name: str) -> dict:
    return next(each for each in COMMAND["xnat"] if each["name"] == name)


class CommandTest(unittest.TestCase):
    """The command keeps the rules, and the program takes it."""

    def test_the_command_keeps_every_rule(self) -> None:
        self.assertEqual(container_service.problems(COMMAND), [])

    def test_each_broken_rule_is_noticed(self) -> None:
        def broken(change) -> list[str]:
            command = copy.deepcopy(COMMAND)
            change(command)
            return container_service.problems(command)

        changes = {
            "no name": lambda c: c.update(name=" "),
            "image without a tag": lambda c: c.update(image="burntin"),
            "long command line": lambda c: c.update(
                {"command-line": "x" * 2049}),
            "odd input name": lambda c: c["inputs"][0].update(name="a b"),
            "input twice": lambda c: c["inputs"].append(c["inputs"][0]),
            "mount without a path": lambda c: c["mounts"][0].pop("path"),
            "output in no mount": lambda c: c["outputs"][0].update(mount="x"),
            "reserved variable": lambda c: c["environment-variables"].update(
                XNAT_PASS="x"),
            "reserved secret": lambda c: c["secrets"][0]["destination"].update(
                identifier="XNAT_USER"),
            "unknown input type": lambda c: c["inputs"][0].update(type="Scan"),
            "nothing to select": lambda c: c["inputs"][0].update(
                type="select-one"),
            "derived from a later input": lambda c: c["xnat"][0][
                "derived-inputs"][0].update(
                    {"derived-from-wrapper-input": "session-name"}),
            "unknown property": lambda c: c["xnat"][0]["derived-inputs"][
                0].update({"derived-from-xnat-object-property": "name"}),
            "unknown wrapper type": lambda c: c["xnat"][0]["external-inputs"][
                0].update(type="Experiment"),
            "mount filled several times": lambda c: c["xnat"][0][
                "external-inputs"][0].update(multiple=True),
            "value for no input": lambda c: c["xnat"][0]["derived-inputs"][
                0].update({"provides-value-for-command-input": "x"}),
            "output not handled": lambda c: c["xnat"][1][
                "output-handlers"].pop(),
            "resource without a label": lambda c: c["xnat"][0][
                "output-handlers"][0].pop("label"),
            "handler without a parent": lambda c: c["xnat"][0][
                "output-handlers"][0].update({"as-a-child-of": "x"}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                self.assertGreaterEqual(len(broken(change)), 1)

    def test_the_program_knows_every_option_of_the_command_line(self) -> None:
        help_text = subprocess.run([PROGRAM, "session", "--help"],
                                   capture_output=True, text=True,
                                   check=True).stdout
        line = COMMAND["command-line"].replace("#INSPECT_ONLY#",
                                               "--inspect-only")
        words = shlex.split(line)
        self.assertEqual(words[:2], ["burntin", "session"])
        options = [word for word in words if word.startswith("--")]
        self.assertGreater(len(options), 3)
        for option in options:
            self.assertRegex(help_text, rf"{option}\b")
        for variable in COMMAND["environment-variables"]:
            self.assertIn(variable, help_text)

    def test_nothing_that_people_type_goes_through_the_shell(self) -> None:
        by_key = {value["replacement-key"]: value
                  for value in COMMAND["inputs"]}
        keys = re.findall(r"#[A-Z_]+#", COMMAND["command-line"])
        self.assertTrue(keys)
        for key in keys:
            self.assertEqual(by_key[key]["type"], "boolean")

    def test_a_scan_alone_is_never_decided(self) -> None:
        only = [value for value in wrapper("burntin-scan")["external-inputs"]
                if value.get("provides-value-for-command-input")
                == "inspect-only"]
        self.assertEqual([(value["default-value"], value["user-settable"])
                          for value in only], [("true", False)])

    def test_the_input_is_mounted_read_only(self) -> None:
        mounts = {mount["name"]: mount for mount in COMMAND["mounts"]}
        self.assertFalse(mounts["in"]["writable"])
        for each in COMMAND["xnat"]:
            filled = {value.get("provides-files-for-command-mount")
                      for value in each["external-inputs"]
                      + each["derived-inputs"]}
            self.assertEqual(filled - {None}, {"in"})

    def test_the_subscription_is_for_sessions_that_are_new_or_merged(
            self) -> None:
        text = (REPOSITORY / "deploy/xnat/subscription.json").read_text()
        subscription = json.loads(text)
        self.assertTrue(subscription["event-filter"]["event-type"].endswith(
            ".SessionEvent"))
        guide = (REPOSITORY / "docs/xnat.md").read_text()
        self.assertIn("for status in CREATED MERGED", guide)
        for word in ("WRAPPER_ID", "STATUS", "PROJECT"):
            self.assertEqual(text.count(word), 1)
            self.assertIn(f"s/{word}/", guide)


if __name__ == "__main__":
    unittest.main()
