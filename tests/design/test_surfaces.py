"""One design, every surface: round trips, what is lost, what is dropped, and that nothing hostile gets in."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnm_launcher.address import parse_address
from pnm_launcher.design.settle import LARGEST
from pnm_launcher.design.surface_names import FIELD_NAMES, FORMS
from pnm_launcher.design.surfaces import SURFACES, examine_design, export_design, import_design
from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Color
from pnm_launcher.schema import DESIGN

INJECTIONS = json.loads((Path(__file__).parents[1] / "data" / "injections.json").read_text(encoding="utf-8"))
PAGE = parse_address("https://meet.example.org/pnm")
CANARY = "eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.CANARY-signature"
PATHS = [row.path for row in DESIGN]
FULL = {row.path: f"#{n:02x}66c2" if isinstance(row.kind, Color) else f"https://cdn.example.org/{row.path}?v={n}&w=%20"
        for n, row in enumerate(DESIGN)}  # fmt: skip

HEX = st.integers(0, 0xFFFFFF).map("#{:06x}".format) | st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}{n % 255:02x}")
RESOURCES = st.builds(
    "https://{}.example{}{}".format,
    st.sampled_from(["a", "cdn-2.b", "xn--bcher-kva"]),
    st.sampled_from(["", ":8443"]),
    st.text("/?#%2FaZ0._~&=+,!$@:-", max_size=16).map(
        lambda text: f"/{text}" if text[:1] not in ("/", "?", "#") else text
    ),
)
DESIGNS = st.fixed_dictionaries(
    {}, optional={row.path: HEX if isinstance(row.kind, Color) else RESOURCES for row in DESIGN}
)


# --- round trips -------------------------------------------------------------------------------------------------


@settings(max_examples=5000, deadline=None)
@given(DESIGNS)
def test_every_surface_gives_back_what_it_can_express_and_names_the_rest(design):
    for surface in SURFACES:
        export = export_design(design, surface)
        lost = {loss.path for loss in export.lost}
        kept = {path: value for path, value in design.items() if path not in lost}
        assert lost == ({*design} - {*FIELD_NAMES[surface]} if surface in FORMS else set())
        if kept or surface not in FORMS:
            assert import_design(export.text, surface).values == kept


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("values", [{}, {"primary_color": "#0a66c2"}, {"custom_logo": FULL["custom_logo"]}, FULL])
def test_the_surface_is_recognised(surface, values):
    export = export_design(values, surface, page=PAGE)
    if export.text and (values or surface not in FORMS):
        found = import_design(export.text)
        assert found.values == {path: value for path, value in values.items() if path not in
                                {loss.path for loss in export.lost}}  # fmt: skip
        if "custom_logo" in values or surface not in FORMS:
            assert found.surface == surface


def test_the_order_is_that_of_the_table():
    backwards = dict(reversed(FULL.items()))
    assert list(json.loads(export_design(backwards, "link").text)) == PATHS
    assert list(import_design(json.dumps(backwards)).values) == PATHS


def test_a_link_value_is_compact_and_survives_the_recorder_which_removes_white_space():
    text = export_design(FULL, "link").text
    assert re.sub(r"\s", "", text) == text
    assert import_design(quote(text, safe="")).values == FULL


def test_an_address_part_is_added_to_a_join_address():
    part = export_design(FULL, "url").text
    assert re.fullmatch(r"&custom_design=%7B%22primary_color[\w.%-]+", part)
    found = import_design(f"{PAGE}/?access_token=abc{part}#x")
    assert found.values == FULL


def test_with_a_page_the_address_is_whole():
    assert export_design({"primary_color": "red"}, "url", page=PAGE).text == (
        "https://meet.example.org/pnm/?custom_design=%7B%22primary_color%22%3A%22%23ff0000%22%7D"
    )


def test_what_config_js_gets_is_this():
    text = export_design(
        {"primary_color": "rgb(10, 102, 194)", "custom_logo": "https://a.example/l.png"}, "config"
    ).text
    assert text == (
        "window.plugNmeetConfig.designCustomization = {\n"
        '  primary_color: "#0a66c2",\n'
        '  custom_logo: "https://a.example/l.png",\n'
        "};"
    )


def test_a_file_has_a_version_and_a_name():
    text = export_design({"primary_color": "#0a66c2"}, "file", name="Zoë’s \u202echoir\n").text
    assert json.loads(text) == {
        "plugnmeet_design": 1, "name": "Zoë’s choir", "values": {"primary_color": "#0a66c2"}
    }  # fmt: skip
    assert import_design(text).name == "Zoë’s choir"


def test_the_forms_use_their_own_names_and_say_what_must_be_uploaded():
    assert export_design(FULL, "moodle").text.splitlines()[1:4] == [
        "# background_image: download this picture, and upload it in the form",
        "# customLogo: download this picture, and upload it in the form",
        f"primary_color = {FULL['primary_color']}",
    ]
    for form, name in (("moodle", "customLogo"), ("wordpress", "logo"), ("joomla", "design_logo")):
        text = export_design(FULL, form).text
        assert f"\n{name} = {FULL['custom_logo']}" in text
        assert f"\nheader_color = {FULL['header_bg_color']}" in text


def test_lti_takes_four_and_gets_no_comments():
    export = export_design(FULL, "lti")
    assert [line.split(" = ")[0] for line in export.text.splitlines()] == [
        "primary_color", "secondary_color", "background_color", "custom_logo"
    ]  # fmt: skip
    assert len(export.lost) == 11
    assert all(loss.reason for loss in export.lost)
    assert import_design("custom_primary_color=red\ncustom_custom_logo=https://a.example/l.png", "lti").values == {
        "primary_color": "#ff0000", "custom_logo": "https://a.example/l.png"
    }  # fmt: skip


@pytest.mark.parametrize("surface", SURFACES)
def test_a_saved_value_that_is_none_is_not_exported(surface):
    with pytest.raises(InvalidValue, match="Write a colour") as caught:
        export_design({"primary_color": "red} body{"}, surface)
    assert caught.value.path == "primary_color"


# --- the client's rules ------------------------------------------------------------------------------------------


def notes(text, surface=None):
    return [str(note) for note in import_design(text, surface).notes]


def test_old_names_are_read_and_dead_and_unknown_ones_named():
    text = json.dumps({
        "right_side_bg_color": "#010203", "left_side_bg_color": "red", "column_camera_width": "20%", "colour": "red",
        "<b>": "x",
    })  # fmt: skip
    found = import_design(text)
    assert found.values == {"side_panel_bg_color": "#010203"}
    assert [str(note) for note in found.notes] == [
        "right_side_bg_color is an old name: it was read as side_panel_bg_color.",
        "No longer read by the meeting's page, and left out: left_side_bg_color, column_camera_width.",
        "Left out, because there is no such parameter: colour, +1.",
    ]


def test_an_old_name_beside_the_new_one_counts_for_nothing():
    for new in ("#ffffff", ""):
        found = import_design(json.dumps({"right_side_bg_color": "#000000", "side_panel_bg_color": new}))
        assert found.values == {"side_panel_bg_color": new or "#000000"}
        assert "old name" in str(found.notes[0])


def test_empty_and_null_are_unset():
    assert import_design('{"primary_color": "", "secondary_color": null}').values == {}


@pytest.mark.parametrize("text", ["{ }", "{\n}", "%7B%20%7D", '{"primary_color":""}'])
def test_an_empty_design_that_switches_the_servers_own_off_is_told(text):
    assert ("switches the server's own design off" in " ".join(notes(text))) is ("primary" not in text)


def test_braces_alone_are_no_design():
    assert (import_design("{}").values, notes("{}")) == ({}, [])


@pytest.mark.parametrize("value", [5, 0, True, False, [], ["red"], {}, {"a": "red"}])
def test_a_value_of_another_kind_is_refused(value):
    with pytest.raises(InvalidValue, match="Write a text") as caught:
        import_design(json.dumps({"primary_color": value}))
    assert caught.value.path == "primary_color"


def test_every_refused_value_is_listed_for_who_asks():
    found = examine_design('{"primary_color": "x", "secondary_color": "red", "custom_logo": "/l.png"}')
    assert [problem.path for problem in found.problems] == ["primary_color", "custom_logo"]
    assert found.values == {"secondary_color": "#ff0000"}


# --- nothing hostile gets in -------------------------------------------------------------------------------------


def written(surface, path, value):
    """What a stranger would write on this surface, or None where the surface cannot hold such a text."""
    compact = json.dumps({path: value})
    if surface == "link":
        return compact
    if surface == "url":
        return f"https://meet.example.org/?access_token={CANARY}&custom_design={quote(compact, safe='')}"
    if surface == "config":
        return f"window.plugNmeetConfig = {{ designCustomization: {{ {path}: {json.dumps(value)} }} }};"
    if surface == "file":
        return json.dumps({"plugnmeet_design": 1, "values": {path: value}})
    return f"{FIELD_NAMES[surface][path]} = {value}"


def test_there_are_enough_of_them():
    assert len(set(INJECTIONS)) >= 200


@pytest.mark.parametrize("surface", SURFACES)
def test_no_injection_gets_in_as_a_colour_or_an_address(surface):
    for path in ("primary_color", "custom_logo"):
        for hostile in INJECTIONS:
            with pytest.raises(InvalidValue) as caught:
                import_design(written(surface, path, hostile), surface)
            assert caught.value.path in (path, "design")
            assert examine_or_none(written(surface, path, hostile), surface) in ({}, None)


def test_no_injection_gets_in_whatever_the_surface_looks_like():
    for hostile in INJECTIONS:
        for surface in SURFACES:
            with pytest.raises(InvalidValue):
                import_design(written(surface, "primary_color", hostile))


def test_an_injection_in_a_javascript_text_of_any_quotes_is_refused():
    for hostile in INJECTIONS:
        for mark in "'\"`":
            with pytest.raises(InvalidValue):
                import_design(f"designCustomization: {{primary_color: {mark}{hostile}{mark}}}", "config")


def examine_or_none(text, surface):
    try:
        return examine_design(text, surface).values
    except InvalidValue:
        return None


@settings(max_examples=1500, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="{}[]()'\"`:;,=/*\\#%&?$\r\n redf0designCustomization", max_size=80),
       st.sampled_from([None, *SURFACES]))  # fmt: skip
def test_any_text_is_read_or_refused_in_words(text, surface):
    try:
        values = import_design(text, surface).values
    except InvalidValue as refusal:
        if str(refusal):
            return
        raise
    assert set(values) <= set(PATHS)
    assert DESIGN.problems(values) == ()


# --- keys to meetings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://meet.example.org/?access_token={key}&custom_design={design}",
        "https://meet.example.org/?custom_design={design}&access_token={key}",
        "https://meet.example.org/?access_token={key}&custom_design={broken}",
        "https://meet.example.org/?access_token={key}",
        "https://meet.example.org/?access_token={key}&custom_design=%FF",
        "https://meet.example.org/?custom_design=%7B%22access_token%22%3ANaN%2C%22x%22%3A%22{key}%22%7D",
        "https://meet.example.org/#access_token={key}&custom_design={design}",
        "?access_token={key}&custom_design={design}",
        "access_token={key}&custom_design={design}",
        "https://meet.example.org/?custom_design=%7B%22access_token%22%3A%22{key}%22%2C%22{key}%22%3A%22x%22%7D",
        "https://meet.example.org/?custom_design=%7B%22primary_color%22%3A%22{key}%22%7D",
    ],
)
def test_a_key_in_a_pasted_address_is_dropped_and_never_repeated(address):
    text = address.format(key=CANARY, design=quote('{"primary_color":"#0a66c2"}', safe=""), broken="%7Bfoo")
    fault = ""
    try:
        found = import_design(text)
    except InvalidValue as refusal:
        fault = f"{refusal!r} {refusal} {refusal.details} {refusal.next_step}"
    else:
        assert "CANARY" not in repr(found)
        assert ("key to a meeting" in " ".join(map(str, found.notes))) is ("access_token" in address)
    assert "CANARY" not in fault


def test_an_address_without_a_key_is_not_said_to_have_one():
    assert notes(export_design(FULL, "url", page=PAGE).text) == []


def test_a_design_that_an_unescaped_hash_cuts_off_is_explained():
    with pytest.raises(InvalidValue, match="%23"):
        import_design('https://meet.example.org/?access_token=x&custom_design={"primary_color":"#004D90"}')


def test_the_first_design_counts_and_plus_is_a_space():
    found = import_design("https://a.example/?custom_design=%7B%22primary_color%22:+%22red%22%7D&custom_design=%7B%7D")
    assert found.values == {"primary_color": "#ff0000"}


def test_percent_signs_that_give_no_text_are_refused():
    with pytest.raises(InvalidValue, match="percent signs"):
        import_design("https://meet.example.org/?custom_design=%7B%22x%FF%22%3A%221%22%7D")


def test_an_address_without_a_design_is_refused():
    for text in ("https://meet.example.org/", "https://meet.example.org/?access_token=x"):
        with pytest.raises(InvalidValue, match="custom_design is missing"):
            import_design(text)
    assert import_design("https://meet.example.org/?custom_design=").values == {}


# --- texts that are broken, huge or odd --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{foo", "{", "[]", '"abc"', "5", "null", "true", '{"primary_color": "red"', '{"primary_color": "red"} x',
        '{"primary_color": NaN}', '{"primary_color": 1e999}', '{"a":' + "9" * 5000 + "}", '{"a": "\x01"}',
        '{"primary_color": "red", "primary_color": "blue"}', "[" * 100_000, '{"a":' * 50_000 + "1" + "}" * 50_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("surface", ["link", "file"])
def test_what_is_no_json_object_is_refused(text, surface):
    with pytest.raises(InvalidValue):
        import_design(text, surface)


@pytest.mark.parametrize("surface", SURFACES)
def test_what_is_huge_or_empty_is_not_read(surface):
    for text, words in (("x" * (LARGEST + 1), "larger"), ("", "nothing here"), ("\ufeff \r\n", "nothing here")):
        with pytest.raises(InvalidValue, match=words):
            import_design(text, surface)


@pytest.mark.parametrize("surface", SURFACES)
def test_windows_line_ends_and_a_byte_order_mark_make_no_difference(surface):
    export = export_design(FULL, surface)
    text = "\ufeff" + export.text.replace("\n", "\r\n") + "\r\n"
    for found in (import_design(text), import_design(text, surface)):
        assert found.values == import_design(export.text, surface).values
        assert found.notes == ()


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\u2028"])
def test_invisible_and_direction_characters_get_nowhere(char):
    for surface in SURFACES:
        for path in ("primary_color", "custom_logo"):
            value = ("red", "https://a.example/l.png")[path == "custom_logo"]
            with pytest.raises(InvalidValue):
                import_design(written(surface, path, value[:2] + char + value[2:]), surface)
    found = import_design(json.dumps({"plugnmeet_design": 1, "name": f"a{char}b", "values": {f"x{char}": "y"}}))
    assert char not in found.name + "".join(map(str, found.notes))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"plugnmeet_design": 2, "values": {}}', "newer version"),
        ('{"plugnmeet_design": true, "values": {}}', "newer version"),
        ('{"plugnmeet_design": 1}', "needs “values”"),
        ('{"plugnmeet_design": 1, "values": []}', "needs “values”"),
        ('{"plugnmeet_design": 1, "values": {}, "name": 5}', "needs “values”"),
    ],
)
def test_a_design_file_of_another_form_is_refused(text, words):
    with pytest.raises(InvalidValue, match=words):
        import_design(text)


def test_form_lines_are_read_as_they_were_written():
    text = (
        "# Joomla\n\nheader_color=red\n  footer_color =  #0F0 \nprimary_color =\ndesign_logo = https://a.example/?a=b\n"
    )
    found = import_design(text)
    assert (found.surface, found.values) == (
        "joomla",
        {"header_bg_color": "#ff0000", "footer_bg_color": "#00ff00", "custom_logo": "https://a.example/?a=b"},
    )
    for broken, line in (("header_color", 1), ("header_color = red\n\nheader_bg_color = blue", 3)):
        with pytest.raises(InvalidValue, match=f"Line {line} "):
            import_design(broken, "moodle")
