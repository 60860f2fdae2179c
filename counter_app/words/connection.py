"""What is said of a connection: what its supply is for, its load."""

from counter_app.words.say import N_, Both, Language, both

_PURPOSES = {
    "domestic": N_("Domestic"),
    "non domestic": N_("Non-domestic"),
    "street light": N_("Street light"),
    "public water works": N_("Public water works"),
    "industrial": N_("Industrial"),
    "agriculture": N_("Agriculture"),
    "ev charging": N_("EV charging"),
    "temporary": N_("Temporary"),
}
_WRITTEN = {"industry": "industrial", "agricultural": "agriculture", "irrigation": "agriculture"}


def purpose(written: str, language: Language) -> Both:
    """What the billing system writes as purpose, in English or Hindi; what is not known here stays."""
    plain = " ".join(written.casefold().replace("_", " ").replace("-", " ").split())
    name = _PURPOSES.get(_WRITTEN.get(plain, plain)) or _in_hindi().get(plain)
    return both(name, language) if name else Both(written, "")


def _in_hindi() -> dict[str, str]:
    names = ((both(name, Language.HINDI).lead.replace("-", " "), name) for name in _PURPOSES.values())
    return dict(names)


def kilowatts(watts: int) -> str:
    """A load as the bill writes it: "2.0", "0.75"."""
    hundredths = watts // 10
    return f"{watts // 1000}.{hundredths % 100:02d}".removesuffix("0")
