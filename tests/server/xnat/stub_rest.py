"""The requests of XNAT's REST interface that burntind makes."""

from __future__ import annotations

import base64
import hashlib
import time

from stub_connection import LOGIN_PAGE, Connection


class Rest(Connection):
    """Answers burntind's account."""

    def serve(self, parts: list[str], query: dict, body: bytes) -> None:
        """Finds what the request is about, and answers it."""
        match self.command, parts:
            case "GET", ["users", "username"]:
                self.operate("account", lambda: None,
                             lambda: self.answer(200, "burntin", "text/plain"))
            case "GET", ["experiments", experiment]:
                self.operate("look", lambda: None,
                             lambda: self.show_experiment(experiment))
            case "GET", ["subjects", subject]:
                self.operate("subject", lambda: None,
                             lambda: self.show_subject(subject))
            case "GET", ["projects", project]:
                self.operate("target", lambda: None,
                             lambda: self.show_project(project))
            case "GET", ["projects", project, "experiments", label]:
                self.operate("label", lambda: None,
                             lambda: self.find_experiment(project, label))
            case "GET", ["projects", project, "subjects", label]:
                self.operate("target_subject", lambda: None,
                             lambda: self.find_subject(project, label))
            case "PUT", ["projects", source, "subjects", subject,
                         "experiments", experiment, "projects", target]:
                self.move(source, subject, experiment, target, query)
            case "PUT", ["projects", source, "subjects", subject, "projects",
                         target]:
                self.share(source, subject, target, query)
            case "GET", ["experiments", experiment, "scans", "ALL", "files"]:
                self.operate("scan_files", lambda: None,
                             lambda: self.list_scan_files(experiment))
            case "GET", ["experiments", experiment, "resources"]:
                self.operate("resources", lambda: None,
                             lambda: self.list_resources(experiment))
            case _, ["experiments", experiment, "resources", _, *rest]:
                self.resource(experiment, rest, query, body)
            case _:
                self.answer(404, "<html>no such page</html>", "text/html")

    def readable(self, project: str) -> bool:
        """Whether the account may read the project."""
        return (project in self.stub.world.projects
                and project not in self.stub.world.unreadable)

    def show_experiment(self, experiment: str) -> None:
        """GET /data/experiments/ID."""
        one = self.stub.world.experiments.get(experiment)
        if one is None:
            self.answer(404, LOGIN_PAGE, "text/html")
        elif not self.readable(one["project"]):
            self.answer(403, LOGIN_PAGE, "text/html")
        else:
            self.item({"ID": experiment, "project": one["project"],
                       "label": one["label"], "subject_ID": one["subject"]})

    def show_subject(self, subject: str) -> None:
        """GET /data/subjects/ID."""
        one = self.stub.world.subjects.get(subject)
        if one is None:
            self.answer(404, LOGIN_PAGE, "text/html")
        else:
            self.item({"ID": subject, "project": one["project"],
                       "label": one["label"]})

    def show_project(self, project: str) -> None:
        """GET /data/projects/ID."""
        project = self.stub.world.aliases.get(project, project)
        if not self.readable(project):
            self.answer(404, LOGIN_PAGE, "text/html")
        else:
            self.item({"ID": project, "name": project})

    @staticmethod
    def labelled(things: dict, project: str, label: str) -> str | None:
        """The thing that has this label in the project."""
        for key, one in things.items():
            if one["project"] == project and one["label"] == label:
                return key
            if one.get("shared", {}).get(project) == label:
                return key
        return None

    def find_experiment(self, project: str, label: str) -> None:
        """GET /data/projects/P/experiments/LABEL."""
        found = self.labelled(self.stub.world.experiments, project, label)
        if found is None:
            self.answer(404, LOGIN_PAGE, "text/html")
        else:
            self.item({"ID": found, "project": project, "label": label})

    def find_subject(self, project: str, label: str) -> None:
        """GET /data/projects/P/subjects/LABEL."""
        found = self.labelled(self.stub.world.subjects, project, label)
        if found is None:
            self.answer(404, LOGIN_PAGE, "text/html")
        else:
            self.item({"ID": found, "project": project, "label": label})

    def move(self, source: str, subject: str, experiment: str, target: str,
             query: dict) -> None:
        """PUT .../experiments/E/projects/P?primary=true."""
        world = self.stub.world
        one = world.experiments.get(experiment)
        label = query.get("label", "")

        def commit() -> None:
            with self.stub.lock:
                world.experiments[experiment].update(
                    project=target, label=label)
                world.experiments[experiment].get("shared", {}).pop(
                    target, None)
                self.stub.commits.append([experiment, source, target])
                self.stub.commit_times.append(time.time())

        def refusal() -> int:
            if (one is None or one["project"] != source
                    or one["subject"] != subject
                    or query.get("primary") != "true"):
                return 404
            if "delete" not in world.rights:
                return 403
            if not self.readable(target):
                return 404
            found = self.labelled(world.experiments, target, label)
            return 409 if found not in (None, experiment) else 0

        with self.stub.lock:
            self.stub.moving[experiment] = (
                self.stub.moving.get(experiment, 0) + 1)
            self.stub.most_at_once = max(self.stub.most_at_once,
                                         self.stub.moving[experiment])
        try:
            refused = refusal()
            if refused:
                self.operate("move", lambda: None,
                             lambda: self.answer(refused, LOGIN_PAGE,
                                                 "text/html"))
            else:
                self.operate("move", commit, lambda: self.answer(200))
        finally:
            with self.stub.lock:
                self.stub.moving[experiment] -= 1

    def share(self, source: str, subject: str, target: str,
              query: dict) -> None:
        """PUT .../subjects/S/projects/P."""
        one = self.stub.world.subjects.get(subject)
        label = query.get("label", "")
        if one is None or one["project"] != source:
            self.answer(404, LOGIN_PAGE, "text/html")
            return
        taken = self.labelled(self.stub.world.subjects, target, label)
        if taken is not None:
            self.answer(409, LOGIN_PAGE, "text/html")
            return
        self.operate("share",
                     lambda: one.setdefault("shared", {}).update(
                         {target: label}),
                     lambda: self.answer(200))

    def resource(self, experiment: str, rest: list[str], query: dict,
                 body: bytes) -> None:
        """The session's resource, and its files."""
        world = self.stub.world
        if experiment not in world.experiments:
            self.answer(404, LOGIN_PAGE, "text/html")
            return
        files = world.files.get(experiment)
        match self.command, rest:
            case "PUT", []:
                status = 200 if files is None else 409
                self.operate("resource",
                             lambda: world.files.setdefault(experiment, {})
                             if "edit" in world.rights else None,
                             lambda: self.answer(status))
            case "GET", ["files"] if files is not None:
                self.operate("list", lambda: None,
                             lambda: self.list_files(files))
            case "GET", ["files", name] if name in (files or {}):
                self.operate("download", lambda: None, lambda: self.answer(
                    200, base64.b64decode(files[name]),
                    "application/octet-stream"))
            case "PUT", ["files", name]:
                self.upload(experiment, name, query, body)
            case _:
                self.answer(404, LOGIN_PAGE, "text/html")

    def list_scan_files(self, experiment: str) -> None:
        """GET /data/experiments/ID/scans/ALL/files."""
        if experiment not in self.stub.world.experiments:
            self.answer(404, LOGIN_PAGE, "text/html")
            return
        self.rows([{"Name": f"{number}.dcm", "Size": "1000",
                    "collection": collection}
                   for collection, count in self.stub.world.scan_files.get(
                       experiment, {}).items()
                   for number in range(count)])

    def list_resources(self, experiment: str) -> None:
        """GET /data/experiments/ID/resources."""
        world = self.stub.world
        if experiment not in world.experiments:
            self.answer(404, LOGIN_PAGE, "text/html")
            return
        labels = list(world.resources.get(experiment, []))
        if experiment in world.files:
            labels.append("BURNTIN")
        self.rows([{"xnat_abstractresource_id": str(number), "label": label,
                    "category": "resources"}
                   for number, label in enumerate(labels)])

    def list_files(self, files: dict[str, str]) -> None:
        """GET .../files. A name that ends in "*2" is listed twice."""
        rows = []
        for name, text in files.items():
            content = base64.b64decode(text)
            row = {"Name": name.removesuffix("*2"),
                   "Size": str(len(content)), "URI": "", "collection":
                   "BURNTIN", "file_tags": "", "file_format": "",
                   "file_content": "", "cat_ID": "1",
                   "digest": hashlib.md5(content).hexdigest()}
            rows.extend([row] * (2 if name.endswith("*2") else 1))
        self.rows(rows)

    def upload(self, experiment: str, name: str, query: dict,
               body: bytes) -> None:
        """PUT .../files/NAME."""
        world = self.stub.world
        if query.get("inbody") != "true" or not body:
            self.answer(400, LOGIN_PAGE, "text/html")
            return
        exists = name in world.files.get(experiment, {})
        if exists and query.get("overwrite") != "true":
            self.operate("upload", lambda: None,
                         lambda: self.answer(200, {"duplicates": [name]}))
            return
        content = base64.b64encode(body).decode()

        def commit() -> None:
            # Without the right XNAT stores nothing and says nothing.
            if "edit" in world.rights:
                world.files.setdefault(experiment, {})[name] = content

        self.operate("upload", commit, lambda: self.answer(200))
