"""Where the tests find the code under models/ and the filled cache."""

from __future__ import annotations

import sys
from pathlib import Path

MODELS = Path(__file__).resolve().parents[2] / "models"
CACHE = MODELS / "cache"
MANIFEST = MODELS / "manifest.json"
FETCH = MODELS / "fetch"

if str(MODELS) not in sys.path:
    sys.path.insert(0, str(MODELS))
