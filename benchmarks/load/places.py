"""The programs as the integration tests run them: a burntind of one's own,
and its callers."""

from __future__ import annotations

import sys

from ..bench.measuring import REPOSITORY

sys.path.append(str(REPOSITORY / "tests/integration"))

# pylint: disable=wrong-import-position,unused-import
from programs import (PROGRAMS, Server, running_server,  # noqa: E402,F401
                      start_server, wait_until_serving)
from site_of_burntind import (CHUNK_BYTES, Caller,  # noqa: E402,F401
                              make_identities)
from test_examples import generate_python  # noqa: E402,F401

# What is measured is inspection, and the files come again and again.
NO_CACHE = "cache: {memory_bytes: 0, database_bytes: 0}\n"
