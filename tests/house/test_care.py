"""What this house does not do: wait blindly, swallow faults, mock its own code, leave things half done."""

import ast
import re

from tests.house.reading import PACKAGE, TESTS, called, nodes, place, sources

BLIND_WAITS = {"sleep", "msleep", "usleep", "qWait", "qSleep", "processEvents"}
EDGES = {"counter_app/ui/background.py", "counter_app/ui/crash.py"}
HALF_DONE = re.compile("|".join(["NotImplemented" + "Error", "TO" + "DO", "FIX" + "ME", "XX" + "X"]))


def test_nothing_waits_blindly() -> None:
    found = []
    for folder in (PACKAGE, TESTS):
        for source, node in nodes(folder, ast.Call):
            on_qtbot = ast.unparse(node.func) == "qtbot.wait"
            if called(node) in BLIND_WAITS or on_qtbot:
                found.append(place(source, node))
    assert not found


def test_a_fault_of_any_kind_is_swallowed_only_at_the_edges() -> None:
    found = []
    for source, handler in nodes(PACKAGE, ast.ExceptHandler):
        caught = ast.unparse(handler.type) if handler.type else "everything"
        goes_on = ast.unparse(handler.body[-1]) != "raise"
        swallows = goes_on and re.search(r"\b(Base)?Exception\b|everything", caught)
        if swallows and source.name not in EDGES:
            found.append(place(source, handler))
    assert not found


def test_our_own_code_is_never_replaced_in_tests() -> None:
    found = [
        place(source, node)
        for source, node in nodes(TESTS, ast.stmt)
        if isinstance(node, ast.Import | ast.ImportFrom) and "mock" in ast.unparse(node).lower()
    ]
    assert not found


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    found = [
        place(source, node)
        for source, node in nodes(TESTS, ast.Attribute)
        if node.attr in {"skip", "skipif", "xfail", "importorskip"}
    ]
    assert not found


def test_nothing_is_left_half_done() -> None:
    found = [
        f"{source.name}:{number}"
        for source in sources(PACKAGE) + sources(TESTS)
        for number, line in enumerate(source.lines, 1)
        if HALF_DONE.search(line)
    ]
    assert not found
