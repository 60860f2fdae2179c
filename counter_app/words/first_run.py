"""What became of a set-up, in sentences."""

from collections.abc import Iterator

from counter_app.domain.setting_up import Made, Wanted
from counter_app.words.refusals import sentence
from counter_app.words.say import N_, Both, Language, both


def made_words(made: Made, wanted: Wanted, language: Language) -> Iterator[Both]:
    """Which counter it is, whether it is enrolled, and if not, why and what to do."""
    facts = {"counter": made.office.counter, "office": made.office.code}
    yield both(N_("Counter {counter} of office {office} is set up."), language, **facts)
    if made.enrolled:
        yield both(N_("It is enrolled; the office's data and staff come from the centre now."), language)
    if made.unlinked is not None:
        yield sentence(made.unlinked, language)
    if wanted.begins.centre is not None and not made.enrolled:
        yield both(
            N_("It is not enrolled at the centre yet: {url}. Type sync on Home; work goes on meanwhile."),
            language, url=wanted.begins.centre.url,
        )  # fmt: skip
    if not wanted.begins.copies:
        next_words = N_(
            "Next the administrator signs in: the first steps are printers and places for copies."
        )
        yield both(next_words, language)


def read_words(seconds: float | None, language: Language) -> Both:
    """Whether all that the centre tells is here; ``seconds``: how long that and the set-up took, or None."""
    if seconds is None:
        return both(N_("The centre was not heard; what it knows comes with the next contact."), language)
    return both(N_("All of it is here; the set-up took {seconds} s."), language, seconds=seconds)
