"""What PyInstaller (`launcher.spec`, for Windows and macOS) needs to know: modules, what to leave out, texts, icons."""

import re
import struct
import sys
from pathlib import Path
from typing import Any, Final

from pnm_launcher import product

from . import translated
from .places import ROOT, run, write

UNUSED: Final = ["tkinter", "unittest", "test", "idlelib", "lib2to3", "pydoc_data", "sqlite3", "curses", "xmlrpc",
                 "setuptools", "pip", "PIL.ImageTk", "PIL.AvifImagePlugin"]  # fmt: skip
_UNUSED_OF_QT: Final = re.compile(
    r"(3D|Quick3D|Charts|DataVisualization|Graphs|Location|Multimedia|SpatialAudio|Pdf|Designer|Help|Sql|Test|Sensors"
    r"|Serial|RemoteObjects|Scxml|StateMachine|TextToSpeech|VirtualKeyboard|Bluetooth|Nfc|WebSockets|WebView|HttpServer"
    r"|CanvasPainter|LabsStyleKit|QuickControls2|QuickTemplates2|QuickDialogs2|QuickTest|ShaderTools|UiTools)"
)
_UNUSED_FILES: Final = re.compile(
    r"PySide6/(.*/)?(qml/|metatypes/|typesystems/|translations/(?!qtbase_|qtwebengine_locales/en-US)|avcodec|avformat|avutil"
    r"|swresample|swscale|opengl32sw|qtwebengine_devtools_resources|plugins/(multimedia|sqldrivers|position|qmltooling"
    r"|designer|geoservices|sensors|canbus|texttospeech|renderers|sceneparsers|webview|platforms/q(minimal|direct2d)))"
)
_CAMERA: Final = "plugNmeet Launcher shows your camera to the others in a meeting, when you switch it on there."
_MICROPHONE: Final = (
    "plugNmeet Launcher lets the others in a meeting hear you, when you switch the microphone on there."
)
_SCREEN: Final = "plugNmeet Launcher shows your screen to the others in a meeting, when you choose to share it there."


def modules(root: Path) -> list[str]:
    """Every module of the product: most are imported inside functions."""
    return sorted(".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
                  for path in (root / "pnm_launcher").rglob("*.py"))  # fmt: skip


def keyring_backends(platform: str) -> list[str]:
    name = {"win32": "Windows", "darwin": "macOS"}.get(platform, "SecretService")
    return [f"keyring.backends.{name}", "keyring.backends.fail"]


def keeps(name: str) -> bool:
    """Whether a collected file, by its place in the folder, goes into the program."""
    name = name.replace("\\", "/")
    if _UNUSED_FILES.match(name):
        return False
    qt = re.match(r"PySide6/(?:.*/)?(?:lib)?Qt6?(\w+)\.(?:dll|pyd|abi3\.so|framework)", name)
    return not (qt and _UNUSED_OF_QT.match(qt[1]))


def info_plist() -> dict[str, Any]:
    """Without the three texts macOS ends the program when a meeting wants the camera."""
    return {
        "CFBundleDisplayName": product.NAME,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", *translated.catalogues()],
        "CFBundleShortVersionString": product.VERSION,
        "CFBundleVersion": product.VERSION,
        "LSMinimumSystemVersion": "13.0",
        "LSApplicationCategoryType": "public.app-category.video-conferencing",
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": product.COPYRIGHT,
        "NSCameraUsageDescription": _CAMERA,
        "NSMicrophoneUsageDescription": _MICROPHONE,
        "NSScreenCaptureUsageDescription": _SCREEN,
        "CFBundleURLTypes": [{"CFBundleURLName": product.APP_ID, "CFBundleURLSchemes": [product.SCHEME]}],
        "CFBundleDocumentTypes": [{
            "CFBundleTypeName": product.FILE_TYPE_NAME, "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Owner",
            "LSItemContentTypes": [f"{product.APP_ID}.meeting"],
        }],
        "UTExportedTypeDeclarations": [{
            "UTTypeIdentifier": f"{product.APP_ID}.meeting", "UTTypeDescription": product.FILE_TYPE_NAME,
            "UTTypeConformsTo": ["public.json"],
            "UTTypeTagSpecification": {"public.filename-extension": [product.FILE_SUFFIX.removeprefix(".")],
                                       "public.mime-type": [product.FILE_TYPE]},
        }],
    }  # fmt: skip


def version_resource() -> str:
    """The version that Windows shows in a program's properties, as PyInstaller reads it."""
    numbers = tuple([*(int(part) for part in product.VERSION.split(".")[:3]), 0])
    texts = {"CompanyName": product.COPYRIGHT.split(maxsplit=2)[2], "FileDescription": product.NAME,
             "FileVersion": product.VERSION, "InternalName": product.COMMAND, "LegalCopyright": product.COPYRIGHT,
             "OriginalFilename": f"{product.COMMAND}.exe", "ProductName": product.NAME,
             "ProductVersion": product.VERSION}  # fmt: skip
    pairs = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    return (f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0, OS=0x40004, "
            f"fileType=1, subtype=0), kids=[StringFileInfo([StringTable('040904B0', [{pairs}])]), "
            "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n")  # fmt: skip


def ico(pngs: dict[int, bytes]) -> bytes:
    """A Windows icon of PNG pictures by their size in pixels."""
    offset = 6 + 16 * len(pngs)
    entries, data = b"", b""
    for size, png in sorted(pngs.items()):
        entries += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(png), offset + len(data))
        data += png
    return struct.pack("<3H", 0, 1, len(pngs)) + entries + data


def icns(pngs: dict[int, bytes]) -> bytes:
    """A macOS icon of PNG pictures by their size in pixels."""
    kinds = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09", 1024: b"ic10"}
    data = b"".join(
        kinds[size] + struct.pack(">I", len(png) + 8) + png for size, png in sorted(pngs.items()) if size in kinds
    )
    return b"icns" + struct.pack(">I", len(data) + 8) + data


def prepare(folder: Path) -> None:
    """Make the icons and the version resource, from the drawing, with the Qt that is installed."""
    pngs = {size: _png(size) for size in (16, 24, 32, 48, 64, 128, 256, 512, 1024)}
    write(folder / "icon.ico", ico({size: png for size, png in pngs.items() if size <= 256}))
    write(folder / "icon.icns", icns(pngs))
    write(folder / "version.txt", version_resource())
    write(folder / "package.json", f'{{"form": "{"windows" if sys.platform == "win32" else "macos"}"}}\n')


def _png(size: int) -> bytes:
    import os

    drawn = ROOT / "build" / f"icon-{size}.png"
    drawn.parent.mkdir(parents=True, exist_ok=True)
    code = ("import sys; from PySide6.QtGui import QGuiApplication, QIcon; app = QGuiApplication([]); "
            "QIcon(sys.argv[1]).pixmap(int(sys.argv[2])).save(sys.argv[3])")  # fmt: skip
    run(sys.executable, "-c", code, ROOT / "resources" / "icons" / f"{product.COMMAND}.svg", str(size), drawn,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    png = drawn.read_bytes()
    drawn.unlink()
    return png


if __name__ == "__main__":
    prepare(ROOT / "build")
