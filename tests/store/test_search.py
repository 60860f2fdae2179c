"""The search box: numbers in every form, names in both scripts, anything hostile."""

import subprocess
import sys
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.domain.consumer import Consumer
from counter_app.store import finds, reference, search
from counter_app.store.book import Book
from counter_app.store.rows import Found
from counter_app.store.words_index import WordIndex, index_words_again
from tests.store.office import GEETA, GONE, SURESH, bill_of, open_book, pay, register, tamper


def found(book: Book, typed: str, limit: int = 50) -> Found:
    with book.reading() as connection:
        return search.search(connection, book.words, typed, (), limit)


def numbers(book: Book, typed: str) -> list[str]:
    return [row.number for row in found(book, typed).rows]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("N2204518731", "number"),
        ("n 2204 518 731", "number"),
        ("2204518731", "number"),
        ("२२०४५१८७३१", "number"),
        ("https://py.mpcz.in/x?k=N2204518731", "link"),
        ("518731", "number"),
        ("8731", "number"),
        ("9826048210", "mobile"),
        ("+91 98260 48210", "mobile"),
        ("48210", "mobile"),
        ("GA4471902", "meter"),
        ("ga-4471902", "meter"),
        ("71902", "meter"),
        ("18-31-9921", "old number"),
        ("18/31/9921", "old number"),
        ("18 031 009921", "old number"),
        ("9921", "old number"),
        ("सुरेश मालवीय", "name"),
        ("suresh malviya", "name"),
        ("Sooresh Malveeya", "name"),
        ("malviya sur", "name"),
        ("श्री सुरेश मा", "name"),
        ("suresh gandhi moh", "name"),
        ("ramdin", "name"),
    ],
)
def test_the_consumer_is_found_first(book: Book, typed: str, understood: str) -> None:
    answer = found(book, typed)
    assert (answer.understood, answer.rows[0].number) == (understood, SURESH.number)


def test_a_beginning_finds_all_that_begin_so(book: Book) -> None:
    assert set(numbers(book, "N22045")) == {SURESH.number, GEETA.number}
    assert set(numbers(book, "22045")) == {SURESH.number, GEETA.number}
    assert numbers(book, "N2291") == []


@pytest.mark.parametrize(
    "typed",
    ["mohan lal yadav", "mohanlal yadav", "मोहन लाल यादव", "yadav mohanlal", "moh yad",
     "मोहनलाल या", "mohan l", "mohanla"],
)  # fmt: skip
def test_words_written_together_or_apart_and_only_begun(book: Book, typed: str) -> None:
    with book.writing() as page:
        together = replace(GONE, number="N2211111111", name_hi="मोहनलाल यादव", name_en="Mohanlal Yadav")
        apart = replace(GONE, number="N2211111112", name_hi="मोहन लाल यादव", name_en="Mohan Lal Yadav")
        reference.put_consumers(page, [together, apart])
    assert set(numbers(book, typed)[:2]) == {together.number, apart.number}


@pytest.mark.parametrize(
    ("hindi", "english", "typed"),
    [
        ("रामसिंह धाकड़", "Ramsingh Dhakad", ["dhakar", "ramsingh dhakar", "धाकड़", "धाक", "dhakar ram"]),
        ("", "Ramsingh Dhakar", ["धाकड़", "धाकड़ राम", "धाकड", "dhaka"]),
        ("रामसिंह विश्नोई", "", ["bishnoi", "vishnoi", "बिश्नोई", "bish", "bi", "bishnoi ramsingh"]),
        ("", "Govind Bishnoi", ["विश्नोई", "गोबिंद विश्नोई", "gobind"]),
    ],
)
def test_what_is_written_otherwise_finds_each_other(
    book: Book, hindi: str, english: str, typed: list[str]
) -> None:
    with book.writing() as page:
        reference.put_consumers(page, [replace(GONE, number="N2211111111", name_hi=hindi, name_en=english)])
    assert [one for one in typed if "N2211111111" not in numbers(book, one)] == []


def test_live_connections_come_before_disconnected_ones(book: Book) -> None:
    assert numbers(book, "सुरेश मालवीय") == [SURESH.number, GONE.number]


def test_who_was_served_lately_comes_first_among_those_who_fit(book: Book) -> None:
    assert numbers(book, "sur malv") == [SURESH.number, GONE.number]
    with book.writing() as page:
        register(page, consumer=GONE.number)
    assert numbers(book, "sur malv") == [GONE.number, SURESH.number]
    assert numbers(book, "suresh sharma") == [GEETA.number]


def test_who_was_served_lately_comes_behind_those_whose_own_name_it_is(book: Book) -> None:
    with book.writing() as page:
        register(page, consumer=GEETA.number)  # wife of Suresh Sharma
    assert numbers(book, "suresh") == [SURESH.number, GONE.number, GEETA.number]
    assert numbers(book, "sur") == [SURESH.number, GONE.number, GEETA.number]


def named(book: Book, *names: str, **other: str) -> None:
    """Put a consumer for each name, numbered from N2211111110."""
    with book.writing() as page:
        for at, name in enumerate(names):
            reference.put_consumers(
                page, [replace(GONE, number=f"N221111111{at}", name_hi="", name_en=name, **other)]
            )


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("ram ram", ["Ram Ram Sahu"]),
        ("ram ra", ["Ram Ram Sahu", "Ram Ratan Sahu"]),
        ("ra ram sahu", ["Ram Ram Sahu", "Ram Ratan Sahu"]),
        ("ram ratan", ["Ram Ratan Sahu"]),
        ("sahu ram ram", ["Ram Ram Sahu"]),
        ("राम राम", ["Ram Ram Sahu"]),
    ],
)
def test_each_word_typed_has_a_word_of_the_name_for_itself(book: Book, typed: str, best: list[str]) -> None:
    names = ("Ram Sahu", "Ram Kumar Sahu", "Ram Ratan Sahu", "Ram Ram Sahu")
    named(book, *names, relation_hi="", relation_en="")
    assert {row.name_en for row in found(book, typed).rows[: len(best)]} == set(best)
    assert found(book, "ram ram ram").rows != ()


def test_a_word_that_nobody_has_does_not_hide_who_has_the_others(book: Book) -> None:
    assert numbers(book, "suresh malviya bhopal")[:1] == [SURESH.number]
    named(book, "Rama Bopal", relation_hi="", relation_en="Sursh Malvi")
    assert SURESH.number in numbers(book, "suresh malviya bhopal")
    assert numbers(book, "suresh xyzzq")[:1] == [SURESH.number]


@pytest.mark.parametrize(
    "typed",
    ["suresh 8210", "8210 suresh", "सुरेश ८२१०", "sur 98260 48210", "malviya +91 98260 48210", "sursh 48210",
     "suresh 8731", "suresh N2204518731", "n2204518731 suresh", "s 8731", "suresh 1902", "suresh GA4471902",
     "suresh 18-31-9921", "suresh malviya, 8210", "ramdin 8210", "suresh8210", "सुरेश८२१०"],
)  # fmt: skip
def test_a_number_beside_a_name_leads_to_who_has_both(book: Book, typed: str) -> None:
    with book.writing() as page:
        others = [
            replace(SURESH, number="N2211111110", mobile="9111148211", meter="ZZ1", old_number=""),
            replace(GEETA, number="N2211118731", name_hi="रमा", name_en="Rama", mobile="9111148210",
                    relation_hi="", relation_en="", meter="QQ71902", old_number="1-18-31-9921"),
        ]  # fmt: skip
        reference.put_consumers(page, others)
    answer = found(book, typed)
    assert (answer.understood, [row.number for row in answer.rows]) == ("name and number", [SURESH.number])


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("ramesh 9826048210", "mobile"),
        ("Mob.9826048210", "mobile"),
        ("फोन 98260 48210", "mobile"),
        ("tel:+919826048210", "mobile"),
        ("IVRS No. N2204518731", "number"),
        ("py.mpcz.in/x?k=N2204518731", "number"),
        ("SC No 18-31-9921", "old number"),
        ("meter GA4471902", "meter"),
        ("Dear consumer, the bill of N2204518731 for Rs.1613 is due on 12-12-2026.", "number"),
    ],
)
def test_a_whole_number_is_found_whatever_stands_beside_it(book: Book, typed: str, understood: str) -> None:
    answer = found(book, typed)
    assert (answer.understood, [row.number for row in answer.rows]) == (understood, [SURESH.number])


@pytest.mark.parametrize(
    "typed",
    ["suresh s/o ramdin", "Suresh Malviya S/O Ramdin Malviya", "सुरेश पिता रामदीन", "सुरेश मालवीय आत्मज रामदीन",
     "suresh malviya, pita ramdin", "suresh putra ramdin gandhi mohalla", "suresh pita ramdin 8210"],
)  # fmt: skip
def test_what_papers_say_of_relations_is_no_name(book: Book, typed: str) -> None:
    assert numbers(book, typed)[:1] == [SURESH.number]


@pytest.mark.parametrize(
    "typed", ["mohd arif", "मोहम्मद आरिफ", "mo arif", "मो. आरिफ", "md. arif kr", "mohammed ari"]
)
def test_names_are_found_by_their_usual_abbreviations(book: Book, typed: str) -> None:
    named(book, "Mo. Arif Kumar", "Mohammad Arif Kr")
    assert set(numbers(book, typed)) == {"N2211111110", "N2211111111"}


def test_a_house_number_beside_a_name_is_no_reason_to_find_nobody(book: Book) -> None:
    assert numbers(book, "suresh 114")[:1] == [SURESH.number]
    assert numbers(book, "suresh 99999")[:2] == [SURESH.number, GONE.number]
    assert numbers(book, "suresh 1 2 3 4 5 6 7 8")[:2] == [SURESH.number, GONE.number]


def test_an_old_number_as_long_as_a_consumer_number_is_found(book: Book) -> None:
    named(book, "Ram", old_number="22140100-16-07-000428")
    for typed in ("16-07-000428", "16 07 000428", "16-7-428", "22140100-16-07-000428", "221401001607000428"):
        answer = found(book, typed)
        assert (answer.understood, [row.number for row in answer.rows]) == ("old number", ["N2211111110"])


def test_where_many_numbers_end_alike_some_of_every_kind_are_shown(book: Book) -> None:
    with book.writing() as page:
        alike = [replace(GONE, number=f"N22{at:04}7777") for at in range(60)]
        reference.put_consumers(page, [*alike, replace(GEETA, mobile="9826017777")])
    assert GEETA.number in numbers(book, "7777")


def test_the_first_misspelt_name_of_a_day_is_found_too(book: Book) -> None:
    book.close()
    program = (
        "import sys; from pathlib import Path; from tests.store.office import open_book;"
        "from counter_app.store.search import search\n"
        "book = open_book(Path(sys.argv[1]))\n"
        "assert not any(name.startswith('rapidfuzz') for name in sys.modules)\n"
        "with book.reading() as connection:\n"
        "    print(search(connection, book.words, 'surhes malvyia', ()).rows[0].number)\n"
        "book.close()"
    )
    said = subprocess.run([sys.executable, "-c", program, str(book.folder)], capture_output=True, check=True)
    assert said.stdout.split() == [SURESH.number.encode()]


def test_names_come_before_relations(book: Book) -> None:
    assert numbers(book, "suresh") == [SURESH.number, GONE.number, GEETA.number]
    assert numbers(book, "suresh sharma") == [GEETA.number]
    assert numbers(book, "गीता नेहरू") == [GEETA.number]


@pytest.mark.parametrize("last", ["B", "Ba", "Bai", "Bai Sh", "Bai Sharm", "Bai Sharma N", "Bai Sharma Ne"])
def test_every_letter_of_the_last_word_still_finds(book: Book, last: str) -> None:
    assert numbers(book, f"Geeta {last}")[0] == GEETA.number


def test_a_row_shows_the_bill_and_what_was_paid_since(book: Book) -> None:
    with book.writing() as page:
        pay(page)
        register(page)
    row = found(book, SURESH.number).rows[0]
    assert row.bill == bill_of(SURESH)
    assert (row.paid, row.paid_late, row.open_complaints) == (64000, (), 1)
    assert (row.name_hi, row.relation_en, row.house, row.ward) == ("सुरेश मालवीय", "Ramdin Malviya", "114", "7")
    assert (row.locality_en, row.mobile, row.meter) == ("Gandhi Mohalla", "9826048210", "GA4471902")


def test_a_star_behind_a_number_asks_who_else_is_on_the_transformer(book: Book) -> None:
    with book.writing() as page:
        next_door = replace(GEETA, number="N2211111111", dtr=SURESH.dtr, pole=SURESH.pole)
        along_the_line = replace(GEETA, dtr=SURESH.dtr, pole="Z-9")
        elsewhere = replace(GEETA, number="N2211111113", dtr="other", pole=SURESH.pole)
        reference.put_consumers(page, [along_the_line, next_door, elsewhere])
    answer = found(book, f"{SURESH.number}*")
    beside = [row.number for row in answer.rows]
    assert (answer.understood, set(beside[:2])) == ("neighbours", {SURESH.number, next_door.number})
    assert along_the_line.number in beside[2:]
    assert elsewhere.number not in beside
    assert found(book, "N2299999999*").rows == found(book, "*").rows == ()


def test_papers_lead_to_their_consumer(book: Book) -> None:
    with book.writing() as page:
        receipt = pay(page)
        complaint = register(page, consumer=GEETA.number)
    assert found(book, f"2214-2-000001-{receipt.letters}").understood == "receipt"
    assert numbers(book, "2214-2-000001") == numbers(book, "000001") == [SURESH.number]
    assert (
        numbers(book, f"000001-{receipt.letters}") == numbers(book, f"1-{receipt.letters}") == [SURESH.number]
    )
    for typed in ("C00001", "c1", f"2214-2-C00001-{complaint.letters}"):
        answer = found(book, typed)
        assert (answer.understood, [row.number for row in answer.rows]) == ("complaint", [GEETA.number])
    assert numbers(book, "2214-2-000009") == []


def test_no_more_rows_than_asked(book: Book) -> None:
    for typed in ("suresh", "22045", "Gandhi"):
        assert len(found(book, typed, limit=1).rows) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "\x00", "a", "*", '"', '"suresh', "suresh AND", "NEAR(suresh malviya)", "name : suresh",
        "{name}:x", "suresh OR *", "suresh -malviya", "^suresh", "');DROP TABLE consumers;--", "%", "_",
        "x" * 10_000, "9" * 10_000, "suresh " * 2_000, "\ud800", "\u202esuresh", "🙂", "N" * 11,
        "N220451873१x", "-" * 64,
        "https://py.mpcz.in/x?k=" + "9" * 5000, "C" + "9" * 9, "2214-2-" + "9" * 9, "99999999999999999999999",
    ],
)  # fmt: skip
def test_hostile_input_is_answered(book: Book, typed: str) -> None:
    assert len(found(book, typed).rows) <= 3
    with book.reading() as connection:
        finds.receipts_found(connection, book.words, typed)
        finds.complaints_found(connection, book.words, typed, ())
        finds.found(connection, [typed], ())
        assert reference.consumer(connection, typed) is None
    assert numbers(book, SURESH.number) == [SURESH.number]


def test_any_text_is_answered(book: Book) -> None:
    @given(st.text(max_size=60) | st.text(alphabet="sureh 0129Nc-*\"'():सुर", max_size=20))
    @example("\x00suresh")
    def answered(typed: str) -> None:
        found(book, typed)
        with book.reading() as connection:
            finds.receipts_found(connection, book.words, typed)
            finds.complaints_found(connection, book.words, typed, ())

    answered()


def test_a_consumer_put_again_is_found_by_the_new_values_only(book: Book) -> None:
    moved = replace(SURESH, name_hi="दिनेश राठौर", name_en="Dinesh Rathore", mobile="9111111111",
                    relation_en="", relation_hi="", meter="ZZ55512")  # fmt: skip
    with book.writing() as page:
        reference.put_consumers(page, [moved])
    assert numbers(book, "dinesh rathor") == [SURESH.number]
    assert numbers(book, "9111111111") == numbers(book, "55512") == [SURESH.number]
    assert numbers(book, "9826048210") == []
    assert SURESH.number not in numbers(book, "malviya")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE word_index SET body = x'30' WHERE part IN ('version', 'postings')",
        "UPDATE word_index SET body = x'30' WHERE part = 'postings'",
        "UPDATE word_index SET body = zeroblob(length(body)) WHERE part = 'words'",
        "DELETE FROM word_index WHERE part = 'offsets'",
        "DELETE FROM word_index WHERE part = 'until'",
        "DELETE FROM word_index",
    ],
)
def test_an_index_of_another_version_or_not_whole_hides_nobody(book: Book, damage: str) -> None:
    folder = book.folder
    with book.writing() as page:
        index_words_again(page.connection)
    book.close()
    tamper(folder, damage)
    again = open_book(folder)
    assert numbers(again, "suresh malviya") == [SURESH.number, GONE.number]
    again.close()


def test_what_changed_is_found_beside_the_index_and_in_it(book: Book) -> None:
    moved = replace(SURESH, name_hi="दिनेश राठौर", name_en="Dinesh Rathore", relation_hi="", relation_en="")
    with book.writing() as page:
        index_words_again(page.connection)
    assert numbers(book, "suresh malviya") == [SURESH.number, GONE.number]
    with book.writing() as page:
        reference.put_consumers(page, [moved])
    beside = [numbers(book, typed) for typed in ("dinesh rathor", "suresh malviya", "gandhi", "dinehs")]
    assert beside[:2] == [[SURESH.number], [GONE.number]]
    with book.writing() as page:
        index_words_again(page.connection)
    within = [numbers(book, typed) for typed in ("dinesh rathor", "suresh malviya", "gandhi", "dinehs")]
    assert within == beside


def test_the_clock_ends_a_search_with_what_was_found_by_then(book: Book) -> None:
    ticks = count(step=10_000_000)
    hurried = WordIndex(clock=lambda: next(ticks))
    with book.reading() as connection:
        assert search.search(connection, hurried, "surhes", (), 50).rows == ()
        assert search.search(connection, hurried, "suresh malviya", (), 50).rows != ()
        assert next(ticks) < 200_000_000
        assert search.search(connection, hurried, "sursh malviya", (), 50).rows != ()
        assert search.search(connection, WordIndex(clock=lambda: 0), "surhes", (), 50).rows != ()


def test_a_number_that_is_none_is_refused_by_the_import(book: Book) -> None:
    wrong: list[Consumer] = [
        replace(SURESH, number=number) for number in ("2204518731", "N22", "N२२०४५१८७३१")
    ]
    for consumer in wrong:
        with pytest.raises(ValueError, match="no consumer number"), book.writing() as page:
            reference.put_consumers(page, [consumer])
