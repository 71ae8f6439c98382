"""The Windows installer of a frozen program, by NSIS. Usage: python -m builder.installer FOLDER OUTPUT.exe"""

import sys
from pathlib import Path

from pnm_launcher import product

from .places import PACKAGING, ROOT, run


def command(program: Path, output: Path, icon: Path) -> list[str]:
    """How `makensis` is called: everything it says about the product comes from the product's description."""
    values = {"NAME": product.NAME, "COMMAND": product.COMMAND, "VERSION": product.VERSION,
              "COPYRIGHT": product.COPYRIGHT, "SCHEME": product.SCHEME, "SUFFIX": product.FILE_SUFFIX,
              "FILE_TYPE": product.FILE_TYPE, "TYPE_NAME": product.FILE_TYPE_NAME, "PROGRAM": str(program),
              "ICON": str(icon), "OUTPUT": str(output)}  # fmt: skip
    script = str(PACKAGING / "windows" / "setup.nsi")
    return [
        "makensis",
        "-V2",
        "-WX",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={text}" for name, text in values.items()),
        script,
    ]


if __name__ == "__main__":
    run(*command(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), ROOT / "build" / "icon.ico"))
