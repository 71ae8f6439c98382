"""What is wrong in a design does here what it does in the real client: nothing is checked, nothing is escaped."""

import pytest
from page_visit import Visit

COLOR = "rgb(18, 52, 86)"


@pytest.mark.parametrize("design", ["{}", "[]", '"abc"', "5", '{"unknown": "red"}', '{"primary_color": ""}'])
def test_design_without_values_leaves_no_style(visit: Visit, design: str) -> None:
    visit.open(design)
    visit.wait_page("landing")
    assert visit.js("document.getElementById('plugNmeetCustomization')") is None
    assert visit.page.console == []


def test_design_that_is_not_json_is_a_console_error_and_no_design(visit: Visit) -> None:
    visit.open("{foo")
    visit.wait_page("landing")
    assert visit.js("document.getElementById('plugNmeetCustomization')") is None
    assert any("can't parse custom design params" in line for line in visit.page.console)


def test_null_leaves_the_page_blank(visit: Visit) -> None:
    visit.open("null")
    visit.wait(lambda: any("TypeError" in line for line in visit.page.console), "TypeError")
    assert visit.js("document.getElementById('plugNmeet-app').childElementCount") == 0
    assert visit.style("#plugNmeet-app", "backgroundColor") == "rgba(0, 0, 0, 0)"
    assert visit.stub.meeting.calls == []


@pytest.mark.parametrize("value", ["notacolor", "#12", 12, {"a": 1}, ["red"]])
def test_bad_colour_is_ignored_and_the_others_work(visit: Visit, value: object) -> None:
    visit.open({"header_bg_color": value, "footer_bg_color": COLOR})
    visit.enter()
    assert visit.style("#main-header", "backgroundColor") in ("rgb(255, 255, 255)", "rgb(255, 0, 0)")
    assert (visit.style("#main-header", "backgroundColor") == "rgb(255, 0, 0)") == (value == ["red"])
    assert visit.style("#main-footer", "backgroundColor") == COLOR


def test_values_are_pasted_unchecked_as_in_the_real_client(visit: Visit) -> None:
    visit.open({"header_bg_color": "red} #main-footer { background: rgb(1, 1, 1) !important} x {"})
    visit.enter()
    assert visit.style("#main-footer", "backgroundColor") == "rgb(1, 1, 1)"


def test_design_is_there_on_every_page(visit: Visit) -> None:
    visit.open({"header_bg_color": COLOR}, query="a=b")
    visit.wait_page("token-missing")
    assert visit.js("document.getElementById('plugNmeetCustomization').textContent.includes('header#main-header')")
