"""Passwords that are guessed first are not taken, however they are dressed up; others are."""

import pytest

from counter_app.domain.money_refusals import PasswordCommon
from counter_app.domain.passwords import refuse_common
from counter_app.resources import resource
from counter_app.wire.passwords import fits, new_password_hash

LINES = resource("passwords", "common.txt").read_text("utf-8").splitlines()
COMMON = {word for line in LINES if not line.startswith("#") for word in line.split()}
OWN = ("R31", "रेखा जैन", "Rekha Jain")


@pytest.mark.parametrize(
    "password",
    [
        "", "a", "navgram", "1234567", "aaaaaaaa", "abababab", "11112222", "12345678", "9826048210",
        "12/03/1984",
        "password", "Password1", "P@ssw0rd", "p@$$w0rd123", "PASSWORD@2026", "!!password!!",
        "passwordpassword",
        "qwertyui", "qwerty123", "1q2w3e4r", "1qaz2wsx", "asdfghjkl", "poiuytrewq", "abcdefgh", "zyxwvuts",
        "ABCD1234",
        "bhopal123", "Bhopal@462001", "mpmkvvcl@1", "Bijli@1234", "admin@123", "Admin#2026", "india@123",
        "jai shri ram 108", "JaiShriRam", "ramramram", "hanuman01", "Krishna@108", "iloveyou", "cricket18",
        "पासवर्ड123", "जय श्री राम", "सीताराम१२३", "भोपाल@2026", "ｐａｓｓｗｏｒｄ１",
    ],
)  # fmt: skip
def test_what_everybody_guesses(password: str) -> None:
    with pytest.raises(PasswordCommon):
        refuse_common(password, COMMON, ())


@pytest.mark.parametrize(
    "password",
    [
        "r31r31r31",
        "R31@2026",
        "rekha@2026",
        "Rekha Jain 31",
        "R3kha#1984",
        "jain.rekha",
        "रेखा जैन 42",
        "R31bhopal",
    ],
)
def test_what_is_known_of_the_person(password: str) -> None:
    with pytest.raises(PasswordCommon):
        refuse_common(password, COMMON, OWN)


@pytest.mark.parametrize(
    "password",
    [
        "गल्ला खुला 42", "navgram kal tala", "tulsi ka paudha", "Xk7-mqPz-04", "नीम के नीचे 3 बजे",
        "correct horse battery",
        "रेखा की नीली साइकिल", "kettle#Umbrella", "2w9f6k1x7v",
    ],
)  # fmt: skip
def test_what_nobody_guesses_first(password: str) -> None:
    refuse_common(password, COMMON, OWN)


def test_a_chosen_password_is_hashed_once_it_is_looked_at() -> None:
    with pytest.raises(PasswordCommon):
        new_password_hash("Rekha@2026", OWN)
    assert fits(new_password_hash("नीम के नीचे 3 बजे", OWN), "नीम के नीचे 3 बजे")


def test_the_list_is_clean() -> None:
    listed = [word for line in LINES if not line.startswith("#") for word in line.split()]
    assert len(listed) == len(COMMON) > 800
    assert all(word == word.casefold() for word in COMMON)
