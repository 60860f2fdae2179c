"""What a connection is called in both languages."""

import pytest

from counter_app.words.connection import kilowatts, purpose
from counter_app.words.say import Both, Language


@pytest.mark.parametrize("written", ["domestic", "DOMESTIC", " Domestic ", "घरेलू"])
def test_a_known_purpose_is_said_in_the_reader_s_languages(written: str) -> None:
    assert purpose(written, Language.HINDI) == Both("घरेलू", "Domestic")
    assert purpose(written, Language.ENGLISH) == Both("Domestic", "")


def test_what_systems_write_otherwise_is_the_same() -> None:
    assert purpose("non_domestic", Language.ENGLISH).lead == "Non-domestic"
    assert purpose("Industry", Language.HINDI).lead == "औद्योगिक"


def test_a_purpose_that_is_not_known_here_stays_as_it_came() -> None:
    assert purpose("Cold storage", Language.HINDI) == Both("Cold storage", "")


@pytest.mark.parametrize(("watts", "said"), [(2000, "2.0"), (750, "0.75"), (100, "0.1"), (11_400, "11.4")])
def test_loads_as_the_bill_writes_them(watts: int, said: str) -> None:
    assert kilowatts(watts) == said
