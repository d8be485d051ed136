"""The programs as the integration tests run them: a burntind of one's own,
and a whole site around it."""

from __future__ import annotations

import sys

from ..bench.measuring import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "tests/integration"))

# pylint: disable=wrong-import-position,unused-import
from programs import (Server, running_server,  # noqa: E402,F401
                      start_server, wait_until_serving)
