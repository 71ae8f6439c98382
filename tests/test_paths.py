"""`paths`: the user's folder and the program's own files."""

import subprocess
import sys
from pathlib import Path

import pytest

from pnm_launcher import paths


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PNM_LAUNCHER_HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


def test_the_folder_is_where_the_system_keeps_settings(home, monkeypatch):
    assert paths.config_folder() == home / ".config" / "pnm-launcher"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
    assert paths.config_folder() == home / "elsewhere" / "pnm-launcher"


def test_a_folder_of_ones_own_may_be_named(home, monkeypatch):
    monkeypatch.setenv("PNM_LAUNCHER_HOME", str(home / "stick"))
    assert paths.meetings_file() == home / "stick" / "meetings.json"


def test_an_empty_name_of_a_folder_counts_as_none(home, monkeypatch):
    monkeypatch.setenv("PNM_LAUNCHER_HOME", "")
    assert paths.config_folder().is_relative_to(home)


def test_asking_for_the_folder_makes_none(home):
    paths.meetings_file()
    assert list(home.iterdir()) == []


def test_resources_of_a_checkout_are_beside_the_package():
    found = paths.resource("practice")
    assert found == Path(paths.__file__).parent.parent / "resources" / "practice"
    assert found.parent.is_dir()


def test_resources_of_an_installation_are_inside_the_package(tmp_path):
    package = tmp_path / "pnm_launcher"
    (package / "resources").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "paths.py").write_bytes(Path(paths.__file__).read_bytes())
    code = "from pnm_launcher import paths; print(paths.resource('x.svg'))"
    shown = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert Path(shown.stdout.strip()) == package / "resources" / "x.svg"
