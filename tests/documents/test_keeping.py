"""A paper that is kept as bytes comes back as it was, to the last byte of its file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.keeping import PaperDamaged, packed, unpacked
from counter_app.documents.page import Document
from counter_app.documents.pdf import pdf
from counter_app.documents.receipt import receipt
from tests.documents.papers import receipt_facts
from tests.documents.test_pages import each_paper


@each_paper
def test_what_was_kept_comes_back(document: Document) -> None:
    body = packed(document)
    assert unpacked(body) == document
    assert pdf(unpacked(body)) == pdf(document)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_paper_are_refused(body: bytes) -> None:
    with pytest.raises(PaperDamaged):
        unpacked(body)


def test_an_item_or_a_sign_that_is_not_known_is_refused() -> None:
    body = packed(receipt(receipt_facts()))
    for was, now in ((b'["t",', b'["x",'), (b'"l",', b'"z",'), (b"[[80.0,", b'[["80",')):
        assert was in body
        with pytest.raises(PaperDamaged):
            unpacked(body.replace(was, now, 1))
