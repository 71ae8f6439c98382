"""The ways in which a design is handed over, and the files it is handed over in."""

import os

import pytest

from pnm_launcher.address import parse_address
from pnm_launcher.design.files import DesignUnreadable, file_name, read_design
from pnm_launcher.design.handover import FITS, MEASURED, SOME_PAGE, WAYS, WHERE, fit, hand_over
from pnm_launcher.design.length import LIMIT, Length
from pnm_launcher.design.settle import LARGEST
from pnm_launcher.design.surfaces import SURFACES, export_design
from pnm_launcher.errors import InvalidValue

PAGE = parse_address("https://school.example/pnm")
DESIGN = {"primary_color": "#8e24aa", "header_bg_color": "#ffffff", "custom_logo": "https://cdn.example.org/logo.png"}


def test_each_way_is_named_and_says_where_it_goes():
    assert list(WAYS) == [*SURFACES, "dark"]
    assert list(WHERE) == list(WAYS)
    assert all(len(text) > 40 for text in WHERE.values())


@pytest.mark.parametrize("surface", SURFACES)
def test_a_surface_gets_its_export(surface):
    made = hand_over(DESIGN, surface, name="Our school", page=PAGE)
    export = export_design(DESIGN, surface, name="Our school", page=PAGE)
    assert (made.text, made.lost, made.notes) == (export.text, export.lost, ())
    assert (made.length is not None) is (surface in MEASURED)


def test_without_a_page_the_address_is_a_part_and_says_so():
    made = hand_over(DESIGN, "url")
    assert made.text.startswith("&custom_design=")
    assert made.notes == ("No server is chosen, so this is only the part that is added to a join address.",)
    assert made.length.url == hand_over(DESIGN, "url", page=SOME_PAGE).length.url


def test_a_form_that_can_take_nothing_says_so():
    made = hand_over({"footer_icon_color": "#ffffff"}, "lti")
    assert made.text == ""
    assert [loss.path for loss in made.lost] == ["footer_icon_color"]
    assert made.notes == ("This form has no field for anything in this design.",)


def test_the_dark_style_sheet_takes_the_place_of_another_one():
    assert hand_over(DESIGN, "dark").notes == ()
    assert "body.dark" in hand_over(DESIGN, "dark").text
    (note,) = hand_over(DESIGN | {"custom_css_url": "https://a.example/x.css"}, "dark").notes
    assert "at the end of that file" in note


def test_a_design_without_colours_has_no_dark_style_sheet():
    made = hand_over({"custom_logo": "https://cdn.example.org/logo.png"}, "dark")
    assert made.text == ""
    assert made.notes


@pytest.mark.parametrize("way", WAYS)
def test_a_hostile_value_goes_nowhere(way):
    with pytest.raises(InvalidValue):
        hand_over(DESIGN | {"primary_color": "red} body{"}, way)


@pytest.mark.parametrize(("headers", "too_long", "expected"), [
    (4_000, False, "fits"), (4_000, True, "tight"), (LIMIT, True, "tight"), (LIMIT + 1, True, "too long"),
])  # fmt: skip
def test_the_verdict_on_a_length(headers, too_long, expected):
    assert fit(Length(1_000, headers, LIMIT, too_long)) == expected
    assert FITS[expected]


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "way", "expected"), [
    ("Schule am See", "file", "Schule-am-See.json"),
    ("Schule am See", "config", "Schule-am-See-config.js"),
    ("Schule am See", "dark", "Schule-am-See-dark.css"),
    ("Schule am See", "moodle", "Schule-am-See-moodle.txt"),
    ("Größe 5", "url", "Größe-5-address.txt"),
    ("", "link", "design-link.json"),
    ("../../etc/passwd", "file", "etc-passwd.json"),
    ("C:\\x|y?*", "file", "C-x-y.json"),
    (".hidden", "file", "hidden.json"),
    ("con", "file", "design-con.json"),
    ("LPT1.x", "file", "design-LPT1.x.json"),
    ("console", "file", "console.json"),
    ("\u202e///", "lti", "design-lti.txt"),
    ("x" * 500, "file", "x" * 60 + ".json"),
])  # fmt: skip
def test_the_suggested_name_is_one_that_every_system_takes(name, way, expected):
    assert file_name(name, way) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_is_read_as_programs_write_it(tmp_path, encoding):
    (tmp_path / "d.json").write_bytes("{“ü”}\r\n".encode(encoding))
    assert read_design(tmp_path / "d.json") == "{“ü”}\r\n"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x80", b"x" * (4 * LARGEST + 1)])
def test_what_is_no_text_of_a_design_is_refused(tmp_path, content):
    (tmp_path / "d.json").write_bytes(content)
    with pytest.raises(InvalidValue) as caught:
        read_design(tmp_path / "d.json")
    assert caught.value.path == "design"


def test_what_is_no_file_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "missing"):
        with pytest.raises(DesignUnreadable) as caught:
            read_design(path)
        assert str(caught.value).startswith("The file could not be read: ")
        assert caught.value.next_step
