"""The search box: numbers in every form, names in both scripts, anything hostile."""

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
        return search.search(connection, book.words, typed, limit)


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
    assert (row.paid, row.paid_late, row.open_complaints) == (64000, 0, 1)
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
    assert numbers(book, "2214-2-000001") == [SURESH.number]
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
        finds.complaints_found(connection, book.words, typed)
        finds.found(connection, [typed])
        assert reference.consumer(connection, typed) is None
    assert numbers(book, SURESH.number) == [SURESH.number]


def test_any_text_is_answered(book: Book) -> None:
    @given(st.text(max_size=60) | st.text(alphabet="sureh 0129Nc-*\"'():सुर", max_size=20))
    @example("\x00suresh")
    def answered(typed: str) -> None:
        found(book, typed)
        with book.reading() as connection:
            finds.receipts_found(connection, book.words, typed)
            finds.complaints_found(connection, book.words, typed)

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


def test_an_index_made_with_other_keys_is_made_anew_at_opening(book: Book) -> None:
    folder = book.folder
    with book.writing() as page:
        index_words_again(page.connection)
    book.close()
    tamper(folder, "UPDATE word_index SET body = x'30' WHERE part IN ('version', 'postings')")
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
        assert search.search(connection, hurried, "sursh malviya", 50).rows == ()
        assert search.search(connection, hurried, "suresh malviya", 50).rows != ()
        assert next(ticks) < 200_000_000
        assert search.search(connection, WordIndex(clock=lambda: 0), "sursh malviya", 50).rows != ()


def test_a_number_that_is_none_is_refused_by_the_import(book: Book) -> None:
    wrong: list[Consumer] = [
        replace(SURESH, number=number) for number in ("2204518731", "N22", "N२२०४५१८७३१")
    ]
    for consumer in wrong:
        with pytest.raises(ValueError, match="no consumer number"), book.writing() as page:
            reference.put_consumers(page, [consumer])
