"""The company's file for its offices: what it says of each, and every slip in it named by its place."""

import pytest

from counter_app.domain.acts import Paper
from counter_app.domain.central_refusals import CounterNumberWrong
from counter_app.domain.people import Role
from counter_app.domain.setting_up import SetUp, only, parsed, read_offices, set_up_of
from counter_app.domain.setup_refusals import SetUpFileUnfit, SetUpOfficeMissing
from counter_app.domain.ways import Way
from tests.setup.set_ups import COMPANY, HASH, centre, office, person


def read(*tables: str) -> tuple[SetUp, ...]:
    return read_offices("offices.toml", parsed("offices.toml", COMPANY + "".join(tables)))


def test_everything_that_a_counter_begins_with_is_read() -> None:
    counter = '[counter]\nlanguage = "en"\ncopies = ["/srv/one", "/srv/two"]\n'
    printers = '[printers.all]\nprinter = "HP"\n[printers."cash slip"]\nprinter = "LX"\nform = true\n'
    pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    where = f'{centre("https://centre.example:8443")}certificate = """\n{pem}"""\n'
    first, second = read(counter, printers, where, office(), person(), office("2215"))
    assert (first.office.code, first.office.company_en[:4], first.office.urban) == ("2214", "M.P.", True)
    assert (first.office.demo, first.office.helpline, first.office.metro) == (False, "1912", False)
    assert (first.language, first.copies) == ("en", ("/srv/one", "/srv/two"))
    assert first.centre is not None
    assert (first.centre.url, first.centre.certificate) == ("https://centre.example:8443", pem)
    assert first.ways.of(Paper.RECEIPT) == Way("HP")
    assert first.ways.of(Paper.CASH_SLIP) == Way("LX", form=True)
    (member,) = first.people
    assert (member.person.code, member.person.role, member.password_hash) == ("ADM", Role.ADMINISTRATOR, HASH)
    assert (second.office.code, second.people) == ("2215", ())


def test_somebody_is_the_same_person_at_every_counter_of_the_office() -> None:
    (one,), (other,) = read(office(), person()), read(office(), person(), person("R07", "cashier"))
    assert one.people[0].person.id == other.people[0].person.id != other.people[1].person.id
    (elsewhere,) = read(office("2215"), person())
    assert elsewhere.people[0].person.id != one.people[0].person.id


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ([], "offices: is missing"),
        (["[[offices]]\ncode = 2214\n"], "offices[1].code: must be a text"),
        ([office("22 4"), person()], "offices[1].code: must look like"),
        ([office(), person(), office(), person()], "offices[2].code: 2214 stands there twice"),
        ([office().replace("urban", "urbane"), person()], "offices[1].urbane: is not known here"),
        ([office().replace("Navgram zone", "a\u202eb"), person()], "offices[1].name_en: has hidden signs"),
        ([office()], "offices[1].people: needs an administrator"),
        ([office(), person(role="clerk")], "offices[1].people: needs an administrator"),
        ([office(), person(role="boss")], "offices[1].people[1].role: must look like"),
        ([office(), person(hashed="lanterns")], "offices[1].people[1].password_hash: must look like"),
        ([office(), person(), person()], "offices[1].people[2].code: ADM stands there twice"),
        (["[centre]\nurl = 'ftp://x'\n", office()], "centre.url: must look like"),
        (["[counter]\ncopies = ['a', 'b', 'c']\n", office(), person()], "counter.copies: names at most 2"),
        (["[printers.fax]\nprinter = 'x'\n", office(), person()], "printers.fax: is not known here"),
        (["x", office()], "is no TOML (Expected"),
    ],
)  # fmt: skip
def test_a_slip_is_named_by_its_place(tables: list[str], why: str) -> None:
    with pytest.raises(SetUpFileUnfit) as slip:
        read(*tables)
    assert why in slip.value.why
    assert slip.value.name == "offices.toml"


def test_a_counter_is_one_office_and_a_number() -> None:
    offices = read(office(), person(), office("2215"), person())
    assert set_up_of("f", offices, "2215", 3).office.counter == 3
    with pytest.raises(SetUpOfficeMissing):
        set_up_of("f", offices, "", 1)
    with pytest.raises(SetUpOfficeMissing):
        set_up_of("f", offices, "2216", 1)
    with pytest.raises(CounterNumberWrong):
        set_up_of("f", offices, "2214", 91)
    assert set_up_of("f", offices[:1], "", 1).office.code == "2214"


def test_one_office_of_a_file_is_handed_out_without_the_others() -> None:
    values = parsed("f", COMPANY + office() + person() + office("2215") + person("BDM"))
    (left,) = read_offices("f", only("f", values, "2215"))
    assert (left.office.code, left.people[0].person.code) == ("2215", "BDM")
    with pytest.raises(SetUpOfficeMissing):
        only("f", values, "2216")


@pytest.mark.parametrize(
    "slip",
    [
        ("m=65536", "m=4000000"), ("t=3", "t=1000"), ("p=1", "p=99"),
        ("lN73IqWJiQ8WisN0d8xyag", "A"), ("H3uY5jDbkmuvKM4Mzu7Ddk1YZDCyHrXbbApkrsolHjE", "A"),
    ],
)  # fmt: skip
def test_a_hash_that_this_program_never_makes_is_refused(slip: tuple[str, str]) -> None:
    with pytest.raises(SetUpFileUnfit) as refused:
        read(office(), person(hashed=HASH.replace(*slip)))
    assert "password_hash" in refused.value.why
