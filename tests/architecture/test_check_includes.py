"""The checker finds what it is for, on small trees made here."""

from __future__ import annotations

import json
import pathlib
import tempfile
import unittest

import check_includes

REAL = check_includes.Architecture(
    json.loads(check_includes.TABLE.read_text())
)


def problems_of(path: str, *headers: str) -> list[str]:
    """What the real table says of a file that includes `headers`."""
    text = "".join(f"#include {header}\n" for header in headers)
    return check_includes.check_file(REAL, path, text)


class IncludesOfModules(unittest.TestCase):
    def test_what_the_table_allows_passes(self) -> None:
        self.assertEqual(
            problems_of(
                "detector/text/x.cc",
                '"detector/base/image.h"',
                '"detector/text/y.h"',
                '"absl/status/status.h"',
                "<opencv2/core.hpp>",
                "<vector>",
                "<sys/stat.h>",
            ),
            [],
        )

    def test_an_include_against_the_direction_of_data_fails(self) -> None:
        for path, header in (
            ("detector/base/x.h", '"detector/dicom/dicom_object.h"'),
            ("detector/dicom/x.cc", '"detector/text/text_finder.h"'),
            ("detector/phi/x.cc", '"detector/pipeline/inspection.h"'),
            ("detector/policy/x.cc", '"detector/detector.h"'),
            ("detector/pipeline/x.cc", '"wire/json.h"'),
            ("wire/x.cc", '"detector/pipeline/inspection.h"'),
            ("wire/x.cc", '"server/log/log.h"'),
            ("server/host/x.cc", '"detector/dicom/dicom_object.h"'),
            ("server/log/x.cc", '"client/scan/scan.h"'),
            ("server/routing/x.cc", '"burntin/v1/report.pb.h"'),
            ("client/x.cc", '"server/host/grpc_host.h"'),
        ):
            with self.subTest(path=path, header=header):
                self.assertEqual(len(problems_of(path, header)), 1)

    def test_a_foreign_library_fails(self) -> None:
        for path, header in (
            ("detector/base/x.cc", "<fmt/format.h>"),
            ("detector/text/x.cc", '"dcmtk/dcmdata/dctk.h"'),
            ("detector/dicom/x.cc", "<opencv2/core.hpp>"),
            ("detector/phi/x.cc", "<tesseract/baseapi.h>"),
            ("server/detection/x.cc", "<opencv2/core.hpp>"),
            ("client/html/x.cc", '"dcmtk/dcmdata/dctk.h"'),
            ("detector/detector.h", "<opencv2/core.hpp>"),
        ):
            with self.subTest(path=path, header=header):
                self.assertEqual(len(problems_of(path, header)), 1)

    def test_a_library_in_a_header_fails_unless_it_is_a_private_edge(
        self,
    ) -> None:
        self.assertTrue(problems_of("detector/text/x.h", "<opencv2/core.hpp>"))
        self.assertFalse(
            problems_of("detector/text/opencv_edge.h", "<opencv2/core.hpp>")
        )

    def test_a_file_in_no_module_fails(self) -> None:
        self.assertTrue(problems_of("detector/elsewhere/x.h"))

    def test_a_header_in_no_module_fails(self) -> None:
        self.assertTrue(
            problems_of("detector/text/x.cc", '"detector/elsewhere/x.h"')
        )

    def test_a_server_module_sees_the_others(self) -> None:
        self.assertFalse(
            problems_of("server/host/x.cc", '"server/gate/gate.h"')
        )
        self.assertTrue(
            problems_of("server/gate/x.cc", '"server/host/grpc_host.h"')
        )


class LengthsOfFiles(unittest.TestCase):
    def test_400_lines_pass_and_401_fail(self) -> None:
        path = "detector/base/x.cc"
        check = check_includes.check_file
        self.assertEqual(check(REAL, path, "\n" * 400), [])
        self.assertEqual(len(check(REAL, path, "\n" * 401)), 1)


class Tables(unittest.TestCase):
    def test_a_table_that_names_an_unknown_module_is_refused(self) -> None:
        table = {
            "free": [],
            "files": {},
            "modules": {"detector/base": {"may_see": ["detector/none"]}},
        }
        with self.assertRaises(ValueError):
            check_includes.Architecture(table)


class Trees(unittest.TestCase):
    def test_files_below_the_root_are_found(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "detector/base/x.cc")
            file.parent.mkdir(parents=True)
            file.write_text('#include "detector/text/text_finder.h"\n')
            self.assertEqual(
                check_includes.check_tree(REAL, pathlib.Path(folder)),
                [
                    "detector/base/x.cc:1: detector/base may not see"
                    " detector/text"
                ],
            )


if __name__ == "__main__":
    unittest.main()
