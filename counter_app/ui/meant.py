"""Which command is meant by what was typed into the search box."""

from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from counter_app.domain.names import keys, prefixes, words
from counter_app.ui.actions import BY_NAME, Action
from counter_app.words.say import Language, say

_SHORTEST_TYPED = 3


class Meant(NamedTuple):
    """Actions that may be meant by what was typed, of each kind the likeliest first."""

    sure: tuple[Action, ...]
    likely: tuple[Action, ...]
    begun: tuple[Action, ...]


def meant(typed: str, names: Collection[str]) -> Meant:
    """Whose key or very words were typed, in either language; whose sound alike (bhugtan); whose begin so."""
    sought, written = words(typed), " ".join(typed.casefold().split())
    offered = [BY_NAME[name] for name in names]
    by_key = tuple(action for action in offered if action.cap and written == action.cap.casefold())
    if by_key or len(written) < _SHORTEST_TYPED or not sought:
        return Meant(by_key, (), ())
    sure, likely, begun = [], [], []
    for action in offered:
        calls = _calls(action.name)
        if any(written == called.casefold() for called in calls):
            sure.append(action)
        elif any(len(said) == len(sought) and all(map(_is_said, said, sought)) for said in calls.values()):
            likely.append(action)
        elif any(
            all(any(_is_begun(one, word) for one in said) for word in sought) for said in calls.values()
        ):
            begun.append(action)
    return Meant(tuple(sure), tuple(likely), tuple(begun))


@lru_cache
def _calls(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """What an action is called in each language and else, and the keys of the words of that."""
    action = BY_NAME[name]
    labels = (*(say(action.text, language) for language in Language), *action.said)
    return {text: tuple(keys(word) for word in words(text)) for text in labels}


def _is_said(spelled: tuple[str, ...], typed: str) -> bool:
    return not set(spelled).isdisjoint(keys(typed))


def _is_begun(spelled: tuple[str, ...], typed: str) -> bool:
    return any(key.startswith(prefixes(typed)) for key in spelled)
