"""What this house does not do: wait blindly, swallow faults, mock its own code, leave things half done."""

import ast
import re

from tests.house.reading import PACKAGE, TESTS, called, nodes, place, sources

BLIND_WAITS = {"sleep", "msleep", "usleep", "qWait", "qSleep", "processEvents"}
EDGES = {
    "counter_app/ui/background.py", "counter_app/ui/crash.py", "counter_app/sync/conversation.py",
    "counter_app/central/integrating.py",
}  # fmt: skip
WHERE_THE_CLOCK_IS_READ = {
    "counter_app/app.py", "counter_app/audit.py", "counter_app/backups.py", "counter_app/exchange.py",
    "counter_app/doctor.py", "counter_app/line.py", "counter_app/support.py",
    "counter_app/central/gateway.py", "counter_app/setting_up/command.py",
}  # fmt: skip
CLOCK = re.compile(
    r"(datetime|date|time|datetime\.datetime)\.(now|utcnow|today|time|time_ns|localtime|gmtime)"
)
NO_NAME = re.compile("(Manager|Handler|Helper|Util|Controller|Base|Data|Info)s?")
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


def test_the_time_is_an_argument_except_where_the_program_begins() -> None:
    found = [
        place(source, call)
        for source, call in nodes(PACKAGE, ast.Call)
        if CLOCK.fullmatch(ast.unparse(call.func))
        and not source.name.startswith("counter_app/demo/")
        and source.name not in WHERE_THE_CLOCK_IS_READ
    ]
    assert not found


def test_a_function_of_the_desk_writes_at_most_one_page() -> None:
    found = [
        place(source, function)
        for source, function in nodes(PACKAGE, ast.FunctionDef)
        if source.room == "desk"
        and sum(called(call) == "writing" for call in ast.walk(function) if isinstance(call, ast.Call)) > 1
    ]
    assert not found


def test_nothing_is_named_for_having_no_name() -> None:
    files = [source.name for source in sources(PACKAGE) if NO_NAME.fullmatch(source.path.stem.title())]
    classes = [
        place(source, node) for source, node in nodes(PACKAGE, ast.ClassDef) if _has_no_name(node.name)
    ]
    assert not files + classes


def _has_no_name(name: str) -> bool:
    return any(NO_NAME.fullmatch(word) for word in re.findall("[A-Z][a-z]*", name))


def test_nothing_is_left_half_done() -> None:
    found = [
        f"{source.name}:{number}"
        for source in sources(PACKAGE) + sources(TESTS)
        for number, line in enumerate(source.lines, 1)
        if HALF_DONE.search(line)
    ]
    assert not found
