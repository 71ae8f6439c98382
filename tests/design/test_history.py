"""Undo and redo of a design's values."""

from hypothesis import given
from hypothesis import strategies as st

from pnm_launcher.design.history import MOST, History

RED, GREEN, BLUE = {"primary_color": "#ff0000"}, {"primary_color": "#00ff00"}, {"primary_color": "#0000ff"}


def test_undo_and_redo_lead_back_and_forth():
    history = History({}).changed(RED, 0).changed(GREEN, 10).changed(BLUE, 20)
    back = history.undone()
    assert (back.now, back.undone().now, back.undone().undone().now) == (GREEN, RED, {})
    assert back.undone().undone().undone() == back.undone().undone(), "there is nothing before the first state"
    assert back.redone().now == BLUE
    assert back.redone().redone().now == BLUE


def test_dragging_in_the_picker_is_one_step():
    history = History(RED, moment=0)
    for number in range(100):
        history = history.changed({"primary_color": f"#0000{number:02x}"}, 5 + number * 0.016)
    assert history.undone().now == RED
    later = history.changed(GREEN, 30)
    assert later.undone().now == {"primary_color": "#000063"}, "a change after a pause is a step of its own"


def test_changes_of_different_parameters_are_steps_however_fast():
    history = History({}).changed(RED, 0).changed({**RED, "header_bg_color": "#ffffff"}, 0.01)
    assert history.undone().now == RED


def test_a_change_of_many_parameters_is_one_step_of_its_own():
    many = {**RED, "header_bg_color": "#ffffff"}
    history = History(GREEN).changed(many, 1).changed({"primary_color": "#111111"}, 1.1)
    assert history.undone().now == many
    assert history.undone().undone().now == GREEN


def test_what_was_taken_back_is_gone_once_something_else_is_done():
    history = History({}).changed(RED, 0).undone().changed(GREEN, 10)
    assert history.redone() == history
    assert history.undone().now == {}


def test_a_change_just_after_undo_does_not_swallow_the_state_it_leaves():
    history = History({}).changed(RED, 0).changed(GREEN, 10).undone().changed(BLUE, 10.1)
    assert history.undone().now == RED


def test_the_same_values_again_are_no_step():
    history = History({}).changed(RED, 0).undone()
    assert history.changed({}, 1) is history


def test_only_so_many_states_are_kept():
    history = History({})
    for number in range(MOST + 50):
        history = history.changed({"primary_color": str(number)}, number * 10)
    assert len(history.past) == MOST


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.sampled_from("123"))))
def test_going_all_the_way_back_and_on_again_gives_every_state(states):
    history = History({})
    for number, state in enumerate(states):
        history = history.changed(state, number * 10.0)
    end = history
    while history.past:
        history = history.undone()
    assert history.now == {}
    while history.future:
        history = history.redone()
    assert (history.now, history.past) == (end.now, end.past)
