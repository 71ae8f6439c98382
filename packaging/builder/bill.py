"""What is bundled, and under which licence: the SBOM (CycloneDX) and the texts of all licences."""

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pnm_launcher import product

from . import tree
from .places import PYTHON, ROOT, WORK, epoch, run, write
from .wheels import Library

_COMMON = Path("/usr/share/common-licenses")
_ENGINE_COPYRIGHT = "libqt6webengine6-data"
"""Of Debian: its copyright file has the texts of all that Chromium bundles, which the wheels leave out."""


def install(app: Path, doc: Path, libraries: list[Library], *, engine: bool) -> None:
    """Move the libraries' licence texts out of the tree into `doc`, and add the others and the SBOM."""
    folder = doc / "licences"
    for about in sorted(app.glob("*.dist-info")):
        for path in sorted(about.rglob("*")):
            if path.is_file() and path.name not in ("METADATA", "entry_points.txt"):
                if "LICEN" in path.name.upper() or path.name.upper() in ("NOTICE", "COPYING"):
                    name = about.name.partition("-")[0].lower()
                    write(folder / name / path.name, path.read_bytes())
                path.unlink()
        shutil.rmtree(about / "licenses", ignore_errors=True)
    for name in ("LGPL-3", "GPL-3"):
        write(folder / "qt-pyside" / name, (_COMMON / name).read_bytes())
    python = Path("/usr/share/doc/libpython3.11-minimal/copyright")
    write(folder / "python" / "copyright", python.read_bytes())
    if engine:
        write(folder / "qt-webengine" / "copyright", _engine_copyright())
    write(folder / "README", _README)
    write(doc / "copyright", (ROOT / "LICENSE").read_text("utf-8") + _POINTER)
    write(doc / "sbom.cdx.json", json.dumps(sbom(app, libraries, engine=engine), indent=1, ensure_ascii=False) + "\n")


def _engine_copyright() -> bytes:
    kept = WORK / "licences" / "qt-webengine"
    if not kept.exists():
        folder = WORK / "licences"
        folder.mkdir(parents=True, exist_ok=True)
        run("apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", _ENGINE_COPYRIGHT, cwd=folder)
        package = next(folder.glob(f"{_ENGINE_COPYRIGHT}_*.deb"))
        run("dpkg-deb", "-x", package, folder / "unpacked")
        text = folder / "unpacked" / "usr" / "share" / "doc" / _ENGINE_COPYRIGHT / "copyright"
        shutil.copy(text, kept)
        shutil.rmtree(folder / "unpacked")
        package.unlink()
    return kept.read_bytes()


def sbom(app: Path, libraries: list[Library], *, engine: bool) -> dict[str, Any]:
    """A CycloneDX 1.5 document; equal input gives an equal serial number."""
    parts = [_of_wheel(each) for each in libraries if _is_used(each, app)]
    parts += [_of_debian(name) for name in (*tree.PYTHON_PACKAGES, "libpython3.11")]
    if engine:
        parts.append(_of_chromium(app))
    digest = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    serial = f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch(), UTC).isoformat().replace("+00:00", "Z"),
            "component": {
                "type": "application", "bom-ref": product.COMMAND, "name": product.COMMAND,
                "version": product.VERSION, "licenses": [{"license": {"id": product.LICENCE}}],
            },
        },
        "components": parts,
        "dependencies": [{"ref": product.COMMAND, "dependsOn": [part["bom-ref"] for part in parts]}],
    }  # fmt: skip


def _is_used(library: Library, app: Path) -> bool:
    about = library.wheel.name.split("-")[0].lower().replace("_", "-")
    return any(path.name.split("-")[0].lower().replace("_", "-").replace(".", "-") == about.replace(".", "-")
               for path in app.glob("*.dist-info"))  # fmt: skip


def _of_wheel(library: Library) -> dict[str, Any]:
    purl = f"pkg:pypi/{library.name.lower().replace('_', '-')}@{library.version}"
    return {"type": "library", "bom-ref": purl, "name": library.name, "version": library.version, "purl": purl,
            "hashes": [{"alg": "SHA-256", "content": library.digest}],
            "licenses": [{"license": {"name": library.licence}}]}  # fmt: skip


def _of_debian(package: str) -> dict[str, Any]:
    version = run("dpkg-query", "-W", "-f", "${Version}", package)
    purl = f"pkg:deb/debian/{package}@{version.replace('+', '%2B')}?arch=amd64&distro=bookworm"
    return {"type": "library", "bom-ref": purl, "name": package, "version": version, "purl": purl,
            "licenses": [{"license": {"id": "PSF-2.0"}}]}  # fmt: skip


def _of_chromium(app: Path) -> dict[str, Any]:
    code = (f"import sys; sys.path.insert(0, {str(app)!r}); from PySide6.QtWebEngineCore import *; "
            "print(qWebEngineChromiumVersion(), qWebEngineChromiumSecurityPatchVersion())")  # fmt: skip
    version, patches = run(PYTHON, "-I", "-c", code).split()
    return {"type": "library", "bom-ref": "chromium", "name": "chromium (in Qt WebEngine)", "version": version,
            "cpe": f"cpe:2.3:a:google:chrome:{version}:*:*:*:*:*:*:*",
            "description": f"with security patches up to {patches}",
            "licenses": [{"license": {"id": "BSD-3-Clause"}}]}  # fmt: skip


_README = """The texts of the licences of everything that this package bundles, one folder for each library.

Qt and PySide (qt-pyside) are used under the LGPL, version 3: their libraries are ordinary files below the program's
folder (app/PySide6) and may be replaced by other builds of the same version. Their source is published by the Qt
Project. qt-webengine/copyright is Debian's record of what Chromium, inside Qt WebEngine, is made of.
Python (python) is Debian's build; its source is in Debian's archive under the version in sbom.cdx.json.
"""
_POINTER = """
Everything that is bundled has a licence of its own: see the folder licences, and sbom.cdx.json for the versions.
Qt, PySide and Shiboken are under the GNU Lesser General Public License, version 3; on Debian systems its text is in
/usr/share/common-licenses/LGPL-3.
"""
