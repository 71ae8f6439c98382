"""`config.js` files as people write them, and as nobody should."""

import time

import pytest

from pnm_launcher.design.surfaces import import_design
from pnm_launcher.errors import InvalidValue

DESIGN = {"primary_color": "#004d90", "custom_logo": "https://a.example/l.png"}
BODY = "primary_color: '#004D90', custom_logo: 'https://a.example/l.png'"


def read(text):
    return import_design(text, "config")


@pytest.mark.parametrize(
    "text",
    [
        f"window.plugNmeetConfig = {{ serverUrl: 'http://localhost:8080', designCustomization: {{ {BODY} }} }};",
        f"window.plugNmeetConfig.designCustomization = {{ {BODY}, }};",
        f"window.plugNmeetConfig['designCustomization'] = {{ {BODY} }}",
        f"designCustomization: {{ {BODY} }},",
        f"{{ designCustomization: {{ {BODY} }} }}",
        f"window.DESIGN_CUSTOMIZATION = {{ {BODY} }}\nwindow.OTHER = 5",
        "window.DESIGN_CUSTOMIZATION = `{\n\"primary_color\": \"#004D90\", \"custom_logo\": \"https://a.example/l.png\"}`;",
        """designCustomization: '{"primary_color": "#004D90", "custom_logo": "https:\\/\\/a.example\\/l.png"}'""",
        f"{{ {BODY} }}",
        f"// mine\n{{ {BODY} /* all */, }} // end",
        f'const x = 5, y = a ? b : c; let z = () => `${{x}}`.length && !y;\nwindow.plugNmeetConfig = '
        f'{{"a": [1, -2.5, [], {{}}], "designCustomization": {{ {BODY} }}, dbMaxAgeMs: 6 * 60 * 1000, d: null}};',
        "designCustomization: { 'primary_color': \"\\x23004D90\", custom_logo: `https://a.example/l.pn\\u0067` }",
        f"window.DESIGN_CUSTOMIZATION = {{primary_color: 'red'}}; designCustomization = {{ {BODY} }};",
        f"designCustomization: {{primary_color: 'red'}}; designCustomization = {{ {BODY} }};",
        f"window.plugNmeetConfig = {{ designCustomization: {{ {BODY} }} }};\n"
        "window.DESIGN_CUSTOMIZATION = window.plugNmeetConfig.designCustomization;",
        f"\ufeffdesignCustomization:\r\n{{\r\n\t{BODY},\r\n}}\r\n",
    ],
)  # fmt: skip
def test_a_design_is_found_however_it_is_written(text):
    assert read(text).values == DESIGN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("window.plugNmeetConfig = {};", "designCustomization is missing"),
        (f"/* designCustomization: {{ {BODY} }}, */", "stands in a comment"),
        (f"// window.DESIGN_CUSTOMIZATION = {{ {BODY} }}", "stands in a comment"),
        ("window.DESIGN_CUSTOMIZATION = window.plugNmeetConfig.designCustomization;", "is missing"),
        ("designCustomization: ['red']", "must be an object"),
        ("designCustomization: 5", "must be an object"),
        ("designCustomization: 'red'", "not correct JSON"),
        ("designCustomization: `${x}`", "Line 1 cannot be read"),
        ("designCustomization: `\\${x}`", "not correct JSON"),
        ("designCustomization: JSON.parse('{}')", "Line 1"),
        ("designCustomization: {} + x", "Line 1"),
        ("designCustomization: {}.x", "Line 1"),
        ("designCustomization: {...mine}", "Line 1"),
        ("designCustomization: {primary_color: 'a' + 'b'}", "Line 1"),
        ("designCustomization: {primary_color: f()}", "Line 1"),
        ("designCustomization: {primary_color}", "Line 1"),
        ("designCustomization: {get primary_color() { return 1 }}", "Line 1"),
        ("designCustomization: {[primary_color]: 'red'}", "Line 1"),
        ("designCustomization: {primary_color: 'red' secondary_color: 'red'}", "Line 1"),
        ("designCustomization: {primary_color:: 'red'}", "Line 1"),
        ("designCustomization: {,}", "Line 1"),
        ("designCustomization: {a: 1,,}", "Line 1"),
        ("designCustomization: {a: [1,,]}", "Line 1"),
        ("designCustomization: {a: 0x1F}", "Line 1"),
        ("designCustomization: {a: 1_000}", "Line 1"),
        ("designCustomization: {\n\nprimary_color: 'red\n'}", "Line 3"),
        ('designCustomization: {\n primary_color: "red', "Line 2"),
        ("designCustomization: {\n primary_color:", "Line 2"),
        ("designCustomization: {", "Line 1"),
        ("x /* designCustomization", "Line 1"),
        ("designCustomization: {a: '\\u12'}", "Line 1"),
        ("designCustomization: {a: '\\u{110000}'}", "Line 1"),
        ("designCustomization: {a: '\\x1'}", "Line 1"),
        ("designCustomization: {a: /x/}", "Line 1"),
        ("designCustomization: {primary_color: 'red', primary_color: 'blue'}", "appears twice"),
        ("designCustomization: {a: " + "[" * 9 + "]" * 9 + "}", "too deeply"),
        ("designCustomization: {a: " + "[" * 60_000 + "}", "too deeply"),
        ("designCustomization: " + "{a:" * 60_000, "too deeply"),
    ],
)
def test_what_would_have_to_be_run_or_is_broken_is_refused_with_its_line(text, words):
    with pytest.raises(InvalidValue, match=words) as caught:
        read(text)
    assert caught.value.path == "design"


@pytest.mark.parametrize("piece", ["/*/", "'\\", "\\", "`", "{", "designCustomization:", "a", "0", "\n", "[", "//\n"])
def test_a_long_text_of_anything_is_refused_in_no_time(piece):
    start = time.monotonic()
    with pytest.raises(InvalidValue):
        read("designCustomization: {" + piece * (250_000 // len(piece)))
    assert time.monotonic() - start < 5


class TestLogo:
    """`config.js` may name the logo beside the design."""

    def test_one_logo_becomes_the_designs(self):
        found = read("window.plugNmeetConfig = { customLogo: 'https://a.example/l.png' }")
        assert found.values == {"custom_logo": "https://a.example/l.png"}
        assert "customLogo" in str(found.notes[0])

    @pytest.mark.parametrize("dark", ["l", "d"])
    def test_of_two_logos_the_light_one_counts(self, dark):
        found = read(f"""customLogo: {{ main_logo_light: 'https://a.example/l.png',
            main_logo_dark: 'https://a.example/{dark}.png' }}""")
        assert found.values == {"custom_logo": "https://a.example/l.png"}
        assert ("dark theme's logo was left out" in str(found.notes[0])) is (dark == "d")

    def test_a_dark_one_alone_is_better_than_none(self):
        assert read("CUSTOM_LOGO = {main_logo_dark: 'https://a.example/d.png'}").values == {
            "custom_logo": "https://a.example/d.png"
        }

    def test_the_designs_own_logo_wins(self):
        found = read(f"designCustomization: {{ {BODY} }}, customLogo: 'https://a.example/other.png'")
        assert (found.values, found.notes) == (DESIGN, ())

    def test_a_hostile_logo_is_refused(self):
        with pytest.raises(InvalidValue) as caught:
            read("customLogo: 'javascript:alert(1)'")
        assert caught.value.path == "custom_logo"
