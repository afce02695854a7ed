"""Where tests find the checkout and the shared specification."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("RIUNG_SHARED", ROOT.parent / "shared"))
