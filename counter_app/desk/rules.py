"""The dated rules that came with the program."""

from counter_app.domain.rule_reading import read_rules
from counter_app.domain.rules import Rules
from counter_app.resources import resource

__all__ = ["Rules", "load_rules"]


def load_rules() -> Rules:
    """Read every rule file; ``RuleFileWrong`` says which file and key is at fault."""
    folder = resource("rules")
    return read_rules({path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.toml")})
