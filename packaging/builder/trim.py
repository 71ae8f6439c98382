"""What of Python, Qt and the libraries the program uses. Whatever is not named here stays out of the packages."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

QT_MODULES: Final = ("QtCore", "QtGui", "QtWidgets", "QtNetwork")
ENGINE_MODULES: Final = ("QtWebEngineCore", "QtWebEngineWidgets", "QtWebChannel", "QtPrintSupport", "QtNetwork")
"""With those that PySide imports for them."""
QT_PLUGINS: Final = (
    "platforms/libqxcb.so", "platforms/libqwayland.so", "platforms/libqoffscreen.so",
    "platformthemes/libqgtk3.so", "platformthemes/libqxdgdesktopportal.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "iconengines/libqsvgicon.so", "imageformats/libqsvg.so", "imageformats/libqjpeg.so", "imageformats/libqgif.so",
    "imageformats/libqico.so", "imageformats/libqwebp.so", "tls/libqopensslbackend.so",
    "xcbglintegrations/libqxcb-egl-integration.so", "xcbglintegrations/libqxcb-glx-integration.so",
    "wayland-decoration-client/libadwaita.so", "wayland-decoration-client/libbradient.so",
    "wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "wayland-graphics-integration-client/libdmabuf-server.so",
    "wayland-shell-integration/libxdg-shell.so",
)  # fmt: skip
ENGINE_FILES: Final = (
    "resources/icudtl.dat", "resources/qtwebengine_resources.pak", "resources/qtwebengine_resources_100p.pak",
    "resources/qtwebengine_resources_200p.pak", "resources/v8_context_snapshot.bin",
)  # fmt: skip
ENGINE_PROGRAM: Final = "libexec/QtWebEngineProcess"
MAY_BE_MISSING: Final = ("libgtk-3.so.0", "libgdk-3.so.0", "libpangocairo-1.0.so.0", "libpango-1.0.so.0",
                         "libcairo-gobject.so.2", "libcairo.so.2", "libgdk_pixbuf-2.0.so.0", "libatk-1.0.so.0",
                         "libharfbuzz.so.0", "libgobject-2.0.so.0", "libgio-2.0.so.0")  # fmt: skip
"""Needed only by the plug-in for GTK desktops, which is left aside without them."""

_NOT_OF_PYTHON: Final = re.compile(
    r"(test|idlelib|lib2to3|tkinter|turtledemo|ensurepip|pydoc_data|distutils|venv|sqlite3|dbm|curses|xmlrpc|msilib"
    r"|unittest|wsgiref|config-[^/]+|__pycache__|site-packages|dist-packages)/"
    r"|(turtle|pydoc|doctest|pdb|cProfile|profile|pstats|sitecustomize|_aix_support|_bootsubprocess|this|antigravity"
    r"|nntplib|telnetlib|imaplib|poplib|smtpd|ftplib|cgi|cgitb|mailbox|chunk|aifc|sunau|crypt|nturl2path)"
    r"\.py$"
    r"|lib-dynload/(_?xx|_test|_ctypes_test|_curses|_dbm|_gdbm|nis|ossaudiodev|readline|_sqlite3|_crypt|_tkinter"
    r"|audioop|_bz2|_lsprof|_xx)"
)
_NOT_OF_LIBRARIES: Final = re.compile(
    r"(?:.*/)?(__pycache__|tests?|testing|include|typesystems|glue|scripts|doc|metatypes|qml|sboms)/"
    r"|.*\.(pyi|pyx|pxd|c|h|rst|typed|lib|a|exe)$"
    r"|[^/]+\.dist-info/(RECORD|WHEEL|INSTALLER|REQUESTED|top_level\.txt|direct_url\.json)$"
    r"|PIL/_(imagingtk|avif)\.|pillow\.libs/libavif"
    r"|cffi/(?!.*\.so$)(recompiler|setuptools_ext|verifier|vengine_.*)\.py$|pycparser/"
    r"|keyring/(cli|completion|devpi_client|http|compat/.*_unused)\.py$|keyring/backends/(Windows|macOS).*"
)


def keeps_python(path: str) -> bool:
    """Whether a file of Python's own library, relative to its folder, is bundled."""
    return not _NOT_OF_PYTHON.match(path)


def keeps_library(path: str) -> bool:
    """Whether a file of a wheel is bundled; those of Qt are chosen one by one instead (`qt_roots`)."""
    parts = PurePosixPath(path).parts
    if parts[0] == "PySide6":
        return len(parts) == 2 and path.endswith((".py",))
    return not _NOT_OF_LIBRARIES.match(path)


def qt_roots(*, engine: bool) -> list[str]:
    """The files below `PySide6/` whose needs decide which of Qt's libraries are bundled."""
    modules = dict.fromkeys((*QT_MODULES, *(ENGINE_MODULES if engine else ())))
    chosen = [f"{module}.abi3.so" for module in modules]
    chosen += [f"Qt/plugins/{plugin}" for plugin in QT_PLUGINS]
    return [*chosen, f"Qt/{ENGINE_PROGRAM}"] if engine else chosen


def engine_files(languages: Iterable[str]) -> list[str]:
    """Data of the web engine below `PySide6/Qt/`, with its texts in these languages."""
    locales = [f"translations/qtwebengine_locales/{language}.pak" for language in languages]
    return [*ENGINE_FILES, *locales]
