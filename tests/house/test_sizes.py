"""Files and functions stay small enough to be read at one go."""

import ast

from tests.house.reading import PACKAGE, TESTS, nodes, place, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 50


def test_no_file_is_longer_than_400_lines() -> None:
    long = [
        f"{source.name}: {len(source.lines)} lines"
        for source in sources(PACKAGE) + sources(TESTS)
        if len(source.lines) > LONGEST_FILE
    ]
    assert not long


def test_no_function_is_longer_than_50_lines() -> None:
    long = []
    for folder in (PACKAGE, TESTS):
        for source, node in nodes(folder, ast.stmt):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long.append(f"{place(source, node)} {node.name}: {lines} lines")
    assert not long
