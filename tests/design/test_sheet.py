"""The sign-off sheet: all of the design and nothing else, whoever named it."""

import base64
import hashlib
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from pnm_launcher.design.audit import audit
from pnm_launcher.design.sheet import Sheet, sheet_html
from pnm_launcher.design.shots import SHEET, Shot, shots_of
from pnm_launcher.design.vision import KINDS, simulate
from pnm_launcher.errors import InvalidValue
from pnm_launcher.schema import DESIGN

READABLE = {"header_bg_color": "#ffffff", "footer_bg_color": "#00346b", "footer_icon_bg_color": "#eff6ff",
            "footer_icon_color": "#00346b", "primary_color": "#0a66c2", "secondary_color": "#6951bd",
            "primary_btn_text_color": "#ffffff", "secondary_btn_bg_color": "#eff6ff",
            "secondary_btn_text_color": "#00346b"}  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\nmade up"
VALUES = {"header_bg_color": "#c62828", "primary_color": "#8e24aa80", "custom_logo": "https://cdn.example.org/logo.png"}
HOSTILE = [
    "</title><script>alert(1)</script>", "\"><img src=https://evil.example/x onerror=alert(1)>", "--><script>x",
    "</style><link rel=stylesheet href=//evil.example/x.css>", "{name} {0} %s $name ${name}", "<!--", "]]>",
    "&lt;b&gt;",
    "' onmouseover='alert(1)", "<base href=//evil.example>", "\u202egnp.exe", "a\x00b\ud800c", "javascript:alert(1)",
]  # fmt: skip
VOID = {"meta", "img", "path"}
REFERENCES = {"src", "href", "xlink:href", "action", "data", "poster", "srcset", "background", "formaction", "content"}


class Page(HTMLParser):
    """What a browser would find in the file."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.words, self.styles = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        (self.styles if "style" in self.open else self.words).append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def sheet(name="Our school", note="", values=VALUES, pictures=None, **more):
    if pictures is None:
        pictures = dict.fromkeys(SHEET, PNG)
    return Sheet(name, note, date(2026, 11, 22), values, pictures, **more)


def page(*arguments, **more):
    return Page(sheet_html(sheet(*arguments, **more)))


# --- nothing from outside, nothing that runs ------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Our school", *HOSTILE])
def test_no_text_becomes_more_than_a_text(text):
    hostile, plain = page(text, text), page("x", "y")
    assert hostile.tags == plain.tags
    assert hostile.open == []
    shown = "".join(char for char in text if char not in "\u202e\x00\ud800")
    assert hostile.text.count(shown) == 3  # the title, the heading and the note


def test_nothing_in_it_is_loaded_from_anywhere():
    found = page(values=VALUES | {"background_image": "https://cdn.example.org/b.png",
                                  "custom_css_url": "https://cdn.example.org/own.css"})  # fmt: skip
    references = [(tag, name, value) for tag, attributes in found.tags for name, value in attributes.items()
                  if name in REFERENCES and tag != "meta"]  # fmt: skip
    assert len(references) == len(SHEET)
    assert all(value.startswith(("data:image/png;base64,", "#")) for _tag, _name, value in references)
    assert not {"script", "link", "iframe", "object", "embed", "form", "base", "a"} & {tag for tag, _ in found.tags}
    assert not [
        name for _tag, attributes in found.tags for name in attributes if name.startswith("on") or name == "style"
    ]
    assert not re.search(r"url\(|@import|https?:", "".join(found.styles))


def test_the_page_forbids_itself_everything_but_its_own_style():
    found = page()
    (policy,) = [meta["content"] for meta in found.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    digest = base64.b64encode(hashlib.sha256("".join(found.styles).encode()).digest()).decode()
    assert rules == {"default-src": "'none'", "img-src": "data:", "style-src": f"'sha256-{digest}'",
                     "script-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}  # fmt: skip
    tags = [tag for tag, _ in found.tags]
    assert tags.index("style") > next(n for n, (_, each) in enumerate(found.tags) if "http-equiv" in each)


def test_the_key_in_an_address_is_not_in_it():
    text = sheet_html(sheet(values={"custom_logo": "https://cdn.example.org/logo.png?token=CANARY&x=1#CANARY"}))
    assert "CANARY" not in text
    assert "https://cdn.example.org/logo.png?…" in Page(text).text


@pytest.mark.parametrize("value", ["red} body{", "url(https://evil.example)", "#12", "</style><script>"])
def test_what_may_not_reach_a_style_sheet_makes_no_sheet(value):
    with pytest.raises(InvalidValue):
        sheet_html(sheet(values={"header_bg_color": value}))


# --- what is on it ----------------------------------------------------------------------------------------------------


def test_every_picture_is_whole_and_says_what_it_shows():
    pictures = {shot: PNG + shot.file_name.encode() for shot in SHEET}
    found = page(pictures=pictures)
    images = found.all("img")
    assert [base64.b64decode(each["src"].partition(",")[2]) for each in images] == list(pictures.values())
    assert [(each["width"], each["height"]) for each in images] == [tuple(map(str, shot.size)) for shot in SHEET]
    assert len({each["alt"] for each in images}) == len(SHEET)
    assert all(shot.caption() in found.text for shot in SHEET)


def test_every_value_is_there_with_its_swatch_and_the_others_are_named():
    found = page()
    assert all(f"{DESIGN.field(path).label} {value} {path}" in found.text for path, value in VALUES.items())
    fills = [(each.get("fill"), each.get("fill-opacity")) for each in found.all("path")]
    assert ("#c62828", None) in fills
    assert ("#8e24aa", "0.502") in fills
    left = found.text.partition("Left as plugNmeet has it: ")[2].partition(".")[0].split(", ")
    assert left == [row.label for row in DESIGN if row.path not in VALUES]


def test_the_contrast_table_is_the_audit():
    found = page()
    for finding in audit(VALUES):
        grade = finding.grade if finding.passes else f"fails; {finding.needed:g} : 1 is needed"
        by = ", ".join(DESIGN.field(path).label for path in finding.parameters) or "plugNmeet itself"
        assert f"{finding.label} Aa {finding.shown_ratio} : 1 {grade} {by}" in found.text
    failing = [each for each in audit(VALUES) if not each.passes and not each.own]
    assert failing
    assert f"Too hard to tell apart: {len(failing)} of the pairs that a design can change." in found.text
    assert "is easy enough to read" in page(values=READABLE).text


def test_each_colour_is_shown_as_each_kind_of_people_sees_it():
    fills = {each.get("fill") for each in page().all("path")}
    assert {simulate("#c62828", kind) for kind, _ in KINDS} <= fills


def test_pairs_that_only_some_people_can_read_are_named():
    found = page(values={"primary_btn_bg_color": "#d81b60", "primary_btn_text_color": "#ffffff"})
    assert "Harder to read for some of them than for most people: " in found.text
    assert "stays readable for them" in page(values={}).text


def test_each_form_says_what_it_cannot_take():
    found = page(values={"header_bg_color": "#c62828", "footer_icon_color": "#1a237e"})
    assert "Moodle form : cannot take Footer icon." in found.text
    assert "LTI custom parameters : cannot take Header, Footer icon." in found.text
    assert "Moodle form : takes everything." in page(values={"header_bg_color": "#c62828"}).text


def test_what_the_pictures_do_not_show_is_said():
    assert "were not loaded" in page().text
    assert "were not loaded" not in page(loads=True).text
    assert "Not in the pictures, because loading failed: Logo." in page(loads=True, missing=("custom_logo",)).text
    assert "were not loaded" not in page(values={}).text


def test_name_note_and_date_are_there_and_two_lines_for_signatures():
    found = page("Our school", "From the\nlogo")
    assert "Design for sign-off Our school 2026-11-22 From the logo" in found.text
    assert found.all("time") == [{"datetime": "2026-11-22"}]
    assert found.text.endswith("Approval Approved by Date Approved by Date")
    assert "Design without a name" in page("").text


def test_it_speaks_the_language_it_is_given():
    def loud(words):
        return "".join(part if part.startswith("{") else part.upper() for part in re.split(r"(\{\w+\})", words))

    text = sheet_html(sheet(), say=loud, language='de"', right_to_left=True)
    found = Page(text)
    assert found.all("html") == [{"lang": 'de"', "dir": "rtl"}]
    words = found.text.replace("Our school", "").replace("Aa", "")
    assert {word for word in re.findall(r"[A-Za-z_]*[a-z][A-Za-z_]*", words)} <= {
        "header_bg_color", "primary_color", "custom_logo", "aa", "c", "e", "https", "cdn", "example", "org", "logo",
        "png",
    }  # fmt: skip


def test_it_is_readable_without_style_and_has_its_headings_in_order():
    found = page()
    levels = [tag for tag, _ in found.tags if re.fullmatch(r"h\d", tag)]
    assert levels == ["h1", *["h2"] * 6]
    heads = [each for each in found.all("th")]
    assert all(each["scope"] in ("col", "row") for each in heads)
    assert "@media print" in "".join(found.styles)
    assert "prefers-color-scheme: dark" in "".join(found.styles)


def test_a_sheet_without_any_value_is_a_sheet():
    found = page(values={}, pictures={})
    assert found.open == []
    assert len(found.all("table")) == 1


# --- the shots --------------------------------------------------------------------------------------------------------


def test_file_names_are_all_different_and_in_the_order_of_the_screens():
    shots = [*shots_of(dark=True, phone=True), *shots_of(dark=True, phone=True, right_to_left=True)]
    names = [shot.file_name for shot in shots]
    assert len(set(names)) == len(names) == 56
    assert [name[0] for name in sorted(names)] == sorted(name[0] for name in names)
    assert Shot("room", dark=True, phone=True, right_to_left=True).file_name == "2-room-phone-rtl-dark.png"


def test_only_the_chosen_screens_are_taken_each_once():
    assert shots_of(["chat", "room", "chat"]) == (Shot("room"), Shot("chat"))
    assert len(shots_of()) == 7
