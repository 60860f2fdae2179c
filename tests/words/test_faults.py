"""What the verifier found, said in the reader's language with line, entry and facts in their place."""

from counter_app.verify import Fault
from counter_app.words.faults import fault_sentence
from counter_app.words.say import Language

SERIAL = Fault("The {0} serial is {1}; {2} comes next.", "receipt", 5, 2, line=12, entry="0f/4")


def test_a_fault_names_line_and_entry_in_both_languages() -> None:
    english = "Line 12, entry 0f/4: The receipt serial is 5; 2 comes next."
    assert str(SERIAL) == english
    assert fault_sentence(SERIAL, Language.ENGLISH) == (english, "")
    hindi = "पंक्ति 12, प्रविष्टि 0f/4: क्रमांक (receipt) 5 है; 2 आना चाहिए।"
    assert fault_sentence(SERIAL, Language.HINDI) == (hindi, english)


def test_a_fault_of_the_whole_file_names_no_line() -> None:
    fault = Fault("{0} cannot be read.", "x{0}.jsonl")
    assert fault_sentence(fault, Language.HINDI) == (
        "x{0}.jsonl पढ़ा नहीं जा सका।",
        "x{0}.jsonl cannot be read.",
    )
    numbered = Fault("The line is not a JSON object.", line=3)
    assert fault_sentence(numbered, Language.HINDI).lead == "पंक्ति 3: यह पंक्ति JSON नहीं है।"
