"""The fields in which somebody is named who is to sign in, and what does not go together in them."""

from collections.abc import Mapping

from counter_app.domain.people import Role
from counter_app.domain.text import only_digits
from counter_app.ui.fields import Field, SecretField
from counter_app.words.say import N_, Language, both

_ROLES = {str(place): role for place, role in enumerate(Role, start=1)}


def name_fields(language: Language) -> dict[str, Field]:
    """The name in both languages."""
    return {
        "person_hi": Field(both(N_("Name, in Hindi"), language), limit=120),
        "person_en": Field(both(N_("Name, in English"), language), limit=120),
    }


def role_field(language: Language) -> dict[str, Field]:
    """The role, by its digit."""
    roles = both(N_("1 clerk, 2 cashier, 3 agent, 4 supervisor, 5 administrator, 6 auditor"), language)
    return {"role": Field(both(N_("Role"), language), hint=roles, limit=1)}


def password_fields(language: Language) -> dict[str, Field]:
    """A new password, twice."""
    return {
        "password": SecretField(both(N_("Password"), language), limit=256),
        "once_more": SecretField(both(N_("Password once more"), language), limit=256),
    }


def role_of(texts: Mapping[str, str]) -> Role | None:
    """The role that was typed; None for no digit of one."""
    return _ROLES.get(only_digits(texts["role"]))


def unfit(texts: Mapping[str, str]) -> tuple[str, str] | None:
    """The field in which something does not fit, and the English sentence about it; None where all does."""
    if "role" in texts and role_of(texts) is None:
        return "role", N_("Type a digit from 1 to 6.")
    if texts.get("password") != texts.get("once_more"):
        return "once_more", N_("This is another password than above. Type it again.")
    return None
