"""Money is whole paise: no number with a fraction comes near it."""

import ast
import re

from tests.house.reading import PACKAGE, called, nodes, place

# Rooms in which every number is money, a count or a time; drawing and measuring happen elsewhere.
WHOLE_NUMBER_ROOMS = {"domain", "wire", "store", "desk", "billing"}
MONEY = re.compile(r"paise|amount|rupee|balance|tender|payable|charge|due|paid|cash|total|change|given|money")
FRACTION_COLUMNS = {"Float", "FLOAT", "REAL", "Double", "DOUBLE", "Numeric", "NUMERIC"}


def test_no_float_stands_in_the_rooms_of_money() -> None:
    found = []
    for source, node in nodes(PACKAGE, ast.expr):
        if source.room not in WHOLE_NUMBER_ROOMS:
            continue
        match node:
            case ast.Constant(value=float()) | ast.Call(func=ast.Name(id="float")):
                found.append(place(source, node))
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in FRACTION_COLUMNS:
                found.append(place(source, node))
    assert not found


def test_money_is_never_divided_into_a_fraction() -> None:
    found = []
    for source, node in nodes(PACKAGE, ast.BinOp):
        if isinstance(node.op, ast.Div) and (_is_money(node.left) or _is_money(node.right)):
            found.append(place(source, node))
    assert not found


def test_money_is_never_made_a_float() -> None:
    found = [
        place(source, node)
        for source, node in nodes(PACKAGE, ast.Call)
        if called(node) in ("float", "Decimal") and any(map(_is_money, node.args))
    ]
    assert not found


def _is_money(node: ast.expr) -> bool:
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    names |= {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return any(MONEY.search(name.lower()) for name in names)
