"""A value is what a frozen dataclass with slots is, in all that anybody asks of it."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from itertools import product

import pytest

from counter_app.domain.value import value


@value
class Shelf:
    """A few facts, three of which need not be told."""

    name: str
    books: tuple[str, ...]
    height: int = 3
    notes: dict[str, str] = field(default_factory=dict)
    lit: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """The same as the standard library makes it."""

    name: str
    books: tuple[str, ...]
    height: int = 3
    notes: dict[str, str] = field(default_factory=dict)
    lit: bool = False


@value
class Narrow:
    """One fact, which must be sound."""

    width: int

    def __post_init__(self) -> None:
        if self.width < 1:
            raise ValueError(self.width)

    def __str__(self) -> str:
        return f"{self.width} mm"


CALLS = [
    (("a", ("x",)), {}),
    (("a",), {"books": ()}),
    ((), {"lit": True, "books": ("y",), "name": "b"}),
    (("a", (), 4, {"n": "m"}, True), {}),
    (("a", ()), {"notes": {"k": "v"}}),
]
WRONG_CALLS = [
    ((), {}),
    (("a",), {}),
    (("a", (), 4, {}, True, 6), {}),
    (("a", ()), {"name": "b"}),
    (("a", ()), {"depth": 2}),
]


@pytest.mark.parametrize(("given", "named"), CALLS)
def test_it_is_made_and_shown_as_a_dataclass_is(given, named):
    ours, plain = Shelf(*given, **named), Plain(*given, **named)
    assert astuple(ours) == astuple(plain)
    assert asdict(ours) == asdict(plain)
    assert repr(ours) == repr(plain).replace("Plain", "Shelf")


@pytest.mark.parametrize(("given", "named"), WRONG_CALLS)
def test_facts_are_told_once_each_and_none_is_invented(given, named):
    for kind in (Shelf, Plain):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_equal_are_those_of_one_class_with_equal_facts():
    for (one, one_named), (two, two_named) in product(CALLS, CALLS):
        equal = Plain(*one, **one_named) == Plain(*two, **two_named)
        assert (Shelf(*one, **one_named) == Shelf(*two, **two_named)) is equal
    assert Shelf("a", ()) != Plain("a", ())
    assert {Narrow(1), Narrow(1), Narrow(2)} == {Narrow(2), Narrow(1)}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Shelf("a", ()))


def test_nothing_is_changed_added_or_taken_away():
    shelf = Shelf("a", ())
    for name in ("name", "depth"):
        with pytest.raises(FrozenInstanceError):
            setattr(shelf, name, "b")
    with pytest.raises(FrozenInstanceError):
        del shelf.name
    assert not hasattr(shelf, "__dict__")
    assert Shelf("a", ()).notes is not shelf.notes


def test_it_is_replaced_copied_and_matched():
    shelf = Shelf("a", ("x",), notes={"k": "v"})
    assert replace(shelf, height=5) == Shelf("a", ("x",), 5, {"k": "v"})
    assert copy.copy(shelf) == copy.deepcopy(shelf) == pickle.loads(pickle.dumps(shelf)) == shelf
    match shelf:
        case Shelf(name, _, height=height):
            assert (name, height) == ("a", 3)
    assert is_dataclass(Shelf)
    assert [one.name for one in fields(Shelf)] == [one.name for one in fields(Plain)]


def test_what_a_class_says_itself_stands():
    assert str(Narrow(4)) == "4 mm"
    with pytest.raises(ValueError, match="0"):
        Narrow(0)
    with pytest.raises(ValueError, match="0"):
        replace(Narrow(1), width=0)


def test_a_secret_fact_is_refused():
    with pytest.raises(TypeError, match="hides a fact"):

        @value
        class Key:
            secret: bytes = field(repr=False)
