"""Makes the packages: one tree, then each form from it. Needs only Python's standard library and Debian's tools."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # for the product's description
