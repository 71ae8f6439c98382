"""`config.js` files as people write them, and as nobody should."""

import json
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pnm_launcher.design.js_literal import literal, tokens
from pnm_launcher.design.surfaces import export_design, import_design
from pnm_launcher.errors import InvalidValue
from pnm_launcher.kinds import Resource
from pnm_launcher.schema import DESIGN as SCHEMA

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


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.text("'\"`\\$\n\r\t\0{}/*u0x", max_size=12)


def quoted(text, mark):
    """A JavaScript text in these quotes, escaped as little as the language allows."""
    escaped = text.replace("\\", "\\\\").replace(mark, f"\\{mark}").replace("\r", "\\r").replace("${", "\\${")
    return f"{mark}{escaped if mark == '`' else escaped.replace(chr(10), chr(92) + 'n')}{mark}"


def run_javascript(scripts):
    """What each script's last value is in a real engine."""
    runner = """
        const scripts = JSON.parse(require("fs").readFileSync(0));
        const results = scripts.map((script) => require("vm").runInNewContext(script, {plugNmeetConfig: {}}));
        process.stdout.write(JSON.stringify(results));
    """
    done = subprocess.run(["node", "-e", runner], input=json.dumps(scripts), capture_output=True, text=True, timeout=60,
                          check=True)  # fmt: skip
    return json.loads(done.stdout)


def test_every_text_is_read_as_javascript_reads_it():
    scripts = []

    @settings(max_examples=1000, deadline=None)
    @given(st.lists(TEXTS, max_size=4), st.sampled_from("'\"`"))
    def collect(texts, mark):
        script = f"[{', '.join(quoted(text, mark) for text in texts)}]"
        assert literal(tokens(script)[0], 0) == texts
        scripts.append((script, texts))

    collect()
    assert run_javascript([script for script, _ in scripts]) == [texts for _, texts in scripts]


def test_what_is_exported_gives_the_page_just_that_design():
    full = {row.path: "https://a.example/?a=b&c=~!$*" if isinstance(row.kind, Resource) else "#12345678"
            for row in SCHEMA}  # fmt: skip
    designs = [DESIGN, {}, full]
    texts = ["var window = globalThis;" + export_design(values, "config").text for values in designs]
    assert run_javascript([f"{text} plugNmeetConfig" for text in texts]) == [
        {"designCustomization": values} for values in designs
    ]
