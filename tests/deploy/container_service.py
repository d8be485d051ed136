"""The structural rules that XNAT's Container Service has for a command.

They were read in its source, model/command/auto/Command.java. Each
`check_*` returns what is wrong, in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

NAME = re.compile(r"[A-Za-z0-9_-]+")
IMAGE_WITH_TAG = re.compile(r".+:[a-zA-Z0-9_.-]+$")
INPUT_TYPES = {"string", "boolean", "number", "select-one", "select-many"}
EXTERNAL_TYPES = {"string", "boolean", "number", "Directory", "File[]", "File",
                  "Project", "ProjectAsset", "Subject", "SubjectAssessor",
                  "Session", "Scan", "Assessor", "Resource", "Config"}
HANDLER_TYPES = {"Resource", "Assessor", "Scan"}
RESERVED_VARIABLES = {"XNAT_USER", "XNAT_PASS", "XNAT_HOST"}
PROPERTIES = {
    "Session": {"id", "label", "xsiType", "uri", "directory", "project-id",
                "shared-from-project-id", "subject-id", "scans", "assessors",
                "resources"},
    "Scan": {"integer-id", "id", "label", "scan-type", "project-id",
             "session-id", "modality", "quality", "note", "frames",
             "scanner-manufacturer", "scanner-model", "series-description",
             "uid", "resources"},
    "Resource": {"integer-id", "files", "parent-uri"},
}
LONGEST_COMMAND_LINE = 2048


def problems(command: dict) -> list[str]:
    """Everything that is wrong with a command."""
    found = [*check_head(command), *check_names(command),
             *check_mounts(command), *check_inputs(command),
             *check_secrets(command)]
    for wrapper in command.get("xnat", []):
        found += [f"{wrapper.get('name')}: {problem}" for problem in
                  check_wrapper(command, wrapper)]
    return found


def check_head(command: dict) -> Iterator[str]:
    if not command.get("name", "").strip():
        yield "it has no name"
    if not IMAGE_WITH_TAG.fullmatch(command.get("image", "")):
        yield "its image has no tag"
    if len(command.get("command-line", "")) > LONGEST_COMMAND_LINE:
        yield "its command line is too long"
    for variable in command.get("environment-variables", {}):
        if variable in RESERVED_VARIABLES:
            yield f"{variable} is reserved"


def check_names(command: dict) -> Iterator[str]:
    for kind in ("inputs", "outputs", "mounts", "xnat"):
        names = [item.get("name", "") for item in command.get(kind, [])]
        yield from check_unique(kind, names)


def check_unique(kind: str, names: list[str]) -> Iterator[str]:
    for name in names:
        if not NAME.fullmatch(name):
            yield f"{kind}: '{name}' is no name"
    if len(set(names)) != len(names):
        yield f"{kind}: a name is there twice"


def check_mounts(command: dict) -> Iterator[str]:
    mounts = {mount.get("name") for mount in command.get("mounts", [])}
    for mount in command.get("mounts", []):
        if not mount.get("path"):
            yield f"the mount {mount.get('name')} has no path"
    for output in command.get("outputs", []):
        if output.get("mount") not in mounts:
            yield f"the output {output.get('name')} is in no mount"


def check_inputs(command: dict) -> Iterator[str]:
    for value in command.get("inputs", []):
        kind = value.get("type", "string")
        if kind not in INPUT_TYPES:
            yield f"{kind} is no type of an input"
        if kind.startswith("select"):
            values = value.get("select-values", [])
            if not values:
                yield f"the input {value['name']} has nothing to select"
            if value.get("default-value", values and values[0]) not in values:
                yield f"the default of {value['name']} cannot be selected"


def check_secrets(command: dict) -> Iterator[str]:
    for secret in command.get("secrets", []):
        destination = secret.get("destination", {})
        if not secret.get("source", {}).get("identifier"):
            yield "a secret comes from nowhere"
        if not destination.get("identifier"):
            yield "a secret goes nowhere"
        if destination.get("identifier") in RESERVED_VARIABLES:
            yield "a secret overwrites what XNAT sets"


def check_wrapper(command: dict, wrapper: dict) -> Iterator[str]:
    external = wrapper.get("external-inputs", [])
    derived = wrapper.get("derived-inputs", [])
    yield from check_unique("inputs",
                            [value.get("name", "")
                             for value in external + derived])
    yield from check_derived(external, derived)
    yield from check_targets(command, external + derived)
    yield from check_handlers(command, wrapper, external + derived)


def check_derived(external: list[dict],
                  derived: list[dict]) -> Iterator[str]:
    types = {}
    for value in external:
        types[value["name"]] = value.get("type")
    for value in derived:
        parent = value.get("derived-from-wrapper-input")
        if parent not in types:
            yield f"{value['name']} is derived from no earlier input"
        wanted = value.get("derived-from-xnat-object-property")
        known = PROPERTIES.get(types.get(parent, ""), {wanted})
        if wanted and wanted not in known:
            yield f"{types[parent]} has no property {wanted}"
        types[value["name"]] = value.get("type")
    for kind in types.values():
        if kind not in EXTERNAL_TYPES:
            yield f"{kind} is no type of a wrapper's input"


def check_targets(command: dict, values: list[dict]) -> Iterator[str]:
    mounts = {mount["name"] for mount in command.get("mounts", [])}
    inputs = {value["name"] for value in command.get("inputs", [])}
    for value in values:
        mount = value.get("provides-files-for-command-mount")
        if mount and mount not in mounts:
            yield f"{value['name']} fills no mount"
        if mount and value.get("multiple"):
            yield f"{value['name']} fills a mount several times"
        target = value.get("provides-value-for-command-input")
        if target and target not in inputs:
            yield f"{value['name']} sets no input"


def check_handlers(command: dict, wrapper: dict,
                   values: list[dict]) -> Iterator[str]:
    outputs = {output["name"] for output in command.get("outputs", [])}
    handlers = wrapper.get("output-handlers", [])
    yield from check_unique("output-handlers",
                            [handler.get("name", "") for handler in handlers])
    targets = {value["name"] for value in values}
    handled = set()
    for handler in handlers:
        handled.add(handler.get("accepts-command-output"))
        if handler.get("type") not in HANDLER_TYPES:
            yield f"{handler['name']} makes no known object"
        if handler.get("as-a-child-of") not in targets:
            yield f"{handler['name']} has no parent"
        if handler.get("type") == "Resource" and not handler.get("label"):
            yield f"{handler['name']} has no label"
        targets.add(handler.get("name"))
    if handled != outputs:
        yield "its handlers are not those of the outputs"
