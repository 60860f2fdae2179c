"""What the verifier found, in the reader's languages. Its sentences are translated in ``verify.po``."""

from counter_app.verify import Fault
from counter_app.words.say import Both, Language, say


def fault_sentence(fault: Fault, language: Language) -> Both:
    """One fault as it is read; English stands beside it as the verifier says it alone."""
    lead = say(fault.pattern, language).format(*fault.facts)
    if language is Language.ENGLISH:
        return Both(str(fault), "")
    if fault.line:
        where = say("Line {line}, entry {entry}:", language) if fault.entry else say("Line {line}:", language)
        lead = f"{where.format(line=fault.line, entry=fault.entry)} {lead}"
    return Both(lead, str(fault))
