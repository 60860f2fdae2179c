"""Values: a few named facts, equal when these are equal, and never changed.

``@value`` makes what ``@dataclass(frozen=True, slots=True)`` makes, and ``dataclasses.replace``, ``fields``
and ``asdict`` take it. But its methods are the few below, shared by all: a dataclass writes and compiles
its own for every class, which for the hundred that Home needs was a tenth of the time until it has its data.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, Never, TypeVar, cast, dataclass_transform

V = TypeVar("V")

_METHODS = (
    "_told", "__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__", "__reduce__",
)  # fmt: skip
_SET = object.__setattr__


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(made: type[V]) -> type[V]:
    """Make a class of annotated facts one of values; ``field`` may give a fact a ``default_factory`` only.

    What the class itself defines of the shared methods stands; ``__post_init__`` is called as usual.
    """
    plain: Any = dataclass(init=False, repr=False, eq=False, slots=True)(made)
    facts = fields(plain)
    if not all(fact.init and fact.repr and fact.compare for fact in facts):
        raise TypeError(f"{made.__name__} hides a fact: make it a dataclass of its own")
    shared = vars(_Shared) | {"_told": staticmethod(attrgetter(*(fact.name for fact in facts)))}
    for name in _METHODS:
        if name not in vars(plain):
            setattr(plain, name, shared[name])
    return cast(type[V], plain)


class _Shared:
    """The methods of all values. ``__match_args__`` names the facts in order, ``_told`` gets them all."""

    __match_args__: tuple[str, ...]
    __dataclass_fields__: dict[str, Field[Any]]
    _told: Callable[[object], object]

    def __init__(self, *given: object, **named: object) -> None:
        facts = self.__match_args__
        for fact, told in zip(facts, given, strict=False):
            _SET(self, fact, told)
        for fact in facts[len(given) :]:
            _SET(self, fact, named.pop(fact) if fact in named else _default(self, fact))
        if named or len(given) > len(facts):
            raise TypeError(f"{type(self).__name__} has the facts {facts}, each told once")
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    def __eq__(self, other: object) -> bool:
        return self._told(self) == self._told(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._told(self))

    def __repr__(self) -> str:
        told = ", ".join(f"{fact}={getattr(self, fact)!r}" for fact in self.__match_args__)
        return f"{type(self).__qualname__}({told})"

    def __setattr__(self, name: str, told: object) -> Never:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> Never:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), tuple(getattr(self, fact) for fact in self.__match_args__)


def _default(of: _Shared, name: str) -> object:
    fact = of.__dataclass_fields__[name]
    if fact.default_factory is not MISSING:
        return fact.default_factory()
    if fact.default is MISSING:
        raise TypeError(f"{type(of).__name__} wants the fact {name!r}")
    return fact.default
