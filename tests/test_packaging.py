"""The packages' recipes: everything from one description, nothing forgotten, sizes held."""

import configparser
import plistlib
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pnm_launcher import __version__, product

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"


@pytest.fixture(autouse=True)
def builder_path(monkeypatch):
    monkeypatch.syspath_prepend(str(PACKAGING))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1760000000")


def test_the_version_stands_in_one_place():
    found = [
        path.relative_to(ROOT)
        for folder in ("packaging", "scripts", "pnm_launcher", ".github")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and f'"{__version__}"' in path.read_text("utf-8", "ignore")
    ]
    assert found == [Path("pnm_launcher/__init__.py")]


def test_the_program_answers_to_the_name_of_its_description():
    from pnm_launcher.paths import APP

    assert APP == product.COMMAND
    app = (ROOT / "pnm_launcher" / "gui" / "app.py").read_text("utf-8")
    assert f'_APP = "{product.COMMAND}"' in app
    assert f'setApplicationDisplayName("{product.NAME}")' in app


def test_the_menu_entry_hands_over_one_argument_after_the_dashes():
    from builder import menu

    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read_string(menu.desktop_entry())
    values = entry["Desktop Entry"]
    assert values["Exec"] == "pnm-launcher open -- %u"
    assert (values["Name"], values["Icon"], values["StartupWMClass"]) == (
        product.NAME,
        product.COMMAND,
        product.COMMAND,
    )
    assert values["MimeType"] == f"{product.FILE_TYPE};x-scheme-handler/{product.SCHEME};"


def test_the_description_and_the_file_type_are_xml_of_the_same_product():
    from builder import menu

    about = ET.fromstring(menu.metainfo())
    assert about.findtext("id") == product.APP_ID
    assert about.find("releases/release").get("version") == __version__
    mime = ET.fromstring(menu.file_type())
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    assert mime.find(f"{space}mime-type").get("type") == product.FILE_TYPE
    assert mime.find(f"{space}mime-type/{space}glob").get("pattern") == "*.pnm"


def test_the_manual_and_the_completions_know_every_command():
    from builder import cli_words, menu

    from pnm_launcher.cli import _COMMANDS

    manual = menu.manual()
    files = cli_words.completions()
    assert len(files) == 3
    for name in _COMMANDS:
        assert f"\n.B {name}\n" in manual
        assert all(name in text for text in files.values())
    assert "--secret " not in files["bash-completion/completions/pnm-launcher"]


def test_the_shells_read_the_completion_for_bash():
    from builder import cli_words

    script = cli_words.completions()["bash-completion/completions/pnm-launcher"]
    ask = "COMP_WORDS=(pnm-launcher pra); COMP_CWORD=1; _pnm_launcher pnm-launcher pra; echo ${COMPREPLY[@]}"
    done = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["practice"]


def test_a_library_of_the_system_without_a_known_package_ends_the_build(monkeypatch, tmp_path):
    from builder import elf, needs

    monkeypatch.setattr(elf, "newest_glibc", lambda _: "2.35")
    monkeypatch.setattr(elf, "from_the_system", lambda _: {"libGL.so.1", "libc.so.6", "libgtk-3.so.0"})
    assert needs.of_deb(tmp_path) == "libc6 (>= 2.35), libgl1, libssl3t64 | libssl3"
    assert "libGL.so.1()(64bit)" in needs.of_rpm(tmp_path)
    monkeypatch.setattr(elf, "from_the_system", lambda _: {"libnew.so.1"})
    with pytest.raises(KeyError, match="libnew"):
        needs.of_deb(tmp_path)


def test_the_closure_finds_what_a_program_needs_and_nothing_else():
    from builder import elf

    qt = Path(sys.prefix) / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "PySide6"
    found = elf.closure([qt / "QtWidgets.abi3.so"], qt / "Qt" / "lib")
    assert {"libQt6Widgets.so.6", "libQt6Gui.so.6", "libQt6Core.so.6"} <= found
    assert not any("WebEngine" in name or "Quick" in name for name in found)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("json/decoder.py", True), ("webbrowser.py", True), ("encodings/utf_8.py", True), ("test/support/x.py", False),
        ("tkinter/__init__.py", False), ("lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", True),
        ("lib-dynload/_testcapi.cpython-311-x86_64-linux-gnu.so", False), ("sitecustomize.py", False),
    ],
)  # fmt: skip
def test_of_python_only_what_is_used_is_kept(path, kept):
    from builder import trim

    assert trim.keeps_python(path) is kept


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("requests/sessions.py", True), ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False), ("PySide6/QtCore.pyi", False), ("PySide6/__init__.py", True),
        ("PySide6/assistant", False), ("keyring/testing/backend.py", False), ("cffi/api.py", True),
    ],
)  # fmt: skip
def test_of_the_libraries_only_what_is_used_is_kept(path, kept):
    from builder import trim

    assert trim.keeps_library(path) is kept


def test_every_module_of_qt_that_is_imported_is_bundled():
    from builder import trim

    used = {
        name
        for path in (ROOT / "pnm_launcher").rglob("*.py")
        for name in re.findall(r"from PySide6\.(Qt\w+) import", path.read_text("utf-8"))
    }
    assert used <= {*trim.QT_MODULES, *trim.ENGINE_MODULES}
    without = {
        name
        for path in (ROOT / "pnm_launcher").rglob("*.py")
        for name in re.findall(r"^from PySide6\.(Qt\w+) import", path.read_text("utf-8"), re.MULTILINE)
        if "WebEngine" not in path.read_text("utf-8")
    }
    assert without <= set(trim.QT_MODULES)


def test_a_part_above_its_budget_fails_the_build(tmp_path, capsys):
    from builder import sizes

    tree = tmp_path / "tree"
    for name, size in (("app/PySide6/Qt/lib/libQt6WebEngineCore.so.6", 3), ("app/PySide6/QtCore.abi3.so", 2),
                       ("app/requests/api.pyc", 1), ("python/json.pyc", 1)):  # fmt: skip
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(b"x" * size)
    parts = sizes.parts(tree)
    assert (parts["web engine"], parts["Qt"], parts["other libraries"], parts["Python"]) == (3, 2, 1, 1)
    assert sizes.over_budget("tree", parts) == []
    failures = sizes.over_budget("tree", {**parts, "Qt": 10**9})
    assert failures == [failures[0]]
    assert "budget.toml" in failures[0]
    assert "1000.0 MB" in capsys.readouterr().out


def test_macos_asks_with_our_words_before_camera_microphone_and_screen():
    from builder import frozen

    plist = plistlib.loads(plistlib.dumps(frozen.info_plist()))
    for use in ("Camera", "Microphone", "ScreenCapture"):
        assert product.NAME in plist[f"NS{use}UsageDescription"]
    assert plist["CFBundleURLTypes"][0]["CFBundleURLSchemes"] == [product.SCHEME]
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert rights["com.apple.security.device.camera"]
    assert rights["com.apple.security.device.audio-input"]
    assert "com.apple.security.get-task-allow" not in rights


def test_windows_hands_over_one_quoted_argument_after_the_dashes():
    script = (PACKAGING / "windows" / "setup.nsi").read_text("utf-8")
    assert """!define OPEN '"$INSTDIR\\${COMMAND}.exe" open -- "%1"'""" in script
    written = set(re.findall(r'WriteRegStr SHCTX "(\S+?)"', script))
    removed = set(re.findall(r'DeleteRegKey SHCTX "(\S+?)"', script))
    assert all(any(key == gone or key.startswith(f"{gone}\\") for gone in removed) for key in written)
    manifest = ET.parse(PACKAGING / "windows" / "manifest.xml")
    texts = "".join(manifest.getroot().itertext())
    assert "PerMonitorV2" in texts


def test_icons_hold_the_pictures_they_are_made_of():
    from builder import frozen

    pngs = {16: b"small", 256: b"large!"}
    data = frozen.ico(pngs)
    _, kind, count = struct.unpack("<3H", data[:6])
    assert (kind, count) == (1, 2)
    for number, (size, png) in enumerate(pngs.items()):
        entry = struct.unpack("<4B2H2I", data[6 + 16 * number : 22 + 16 * number])
        assert entry[0] == size % 256
        assert data[entry[7] : entry[7] + entry[6]] == png
    mac = frozen.icns(pngs)
    assert struct.unpack(">4sI", mac[:8]) == (b"icns", len(mac))
    compile(frozen.version_resource(), "version", "eval")


def test_the_frozen_program_holds_every_module_and_no_unused_part_of_qt():
    from builder import frozen

    names = frozen.modules(ROOT)
    assert {"pnm_launcher.gui.app", "pnm_launcher.practice.server", "pnm_launcher"} <= set(names)
    assert frozen.keeps("PySide6/Qt6WebEngineCore.dll")
    assert frozen.keeps("PySide6/Qt/lib/libQt6Quick.so.6")
    for name in (
        "PySide6/Qt6Quick3D.dll",
        r"PySide6\Qt6Charts.dll",
        "PySide6/qml/QtQuick/x.dll",
        "PySide6/opengl32sw.dll",
    ):
        assert not frozen.keeps(name)


def test_compiled_modules_name_no_folder_of_the_build(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "one.py").write_text("x = 1\n\ndef f():\n    return x\n")
    compiler = PACKAGING / "builder" / "compile_tree.py"
    subprocess.run([sys.executable, "-I", compiler, tmp_path / "app", "app"], check=True)
    data = (tmp_path / "app" / "one.pyc").read_bytes()
    assert not (tmp_path / "app" / "one.py").exists()
    assert b"app/one.py" in data
    assert str(tmp_path).encode() not in data
    assert data[4:8] == b"\1\0\0\0"  # by its source's hash, never looked at again
