"""What the frozen program of Windows and macOS runs."""

import sys

from pnm_launcher.__main__ import main

sys.argv[:1] = ["pnm-launcher"]
sys.exit(main())
