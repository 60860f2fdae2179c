"""What channels send and get, described so that somebody can write a bot from it alone."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from counter_app.domain.channel import PaidBy
from counter_app.domain.complaint import Stage

MOST_ANSWERS = 12
MOST_RUPEES = 99_99_999

ConsumerNumber = Annotated[
    str,
    StringConstraints(pattern=r"^[Nn]?[0-9]{10}$"),
    Field(description="The consumer number as on the bill: N and ten digits.", examples=["N2204518731"]),
]
OfficeCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Z]{1,12}$"),
    Field(description="The short code of an office, as `/offices` lists them.", examples=["2214"]),
]
Text = Annotated[str, StringConstraints(max_length=240)]
Rupees = Annotated[int, Field(description="Whole rupees.", examples=[640])]


class _Sent(BaseModel):
    """Nothing is guessed: what is not described is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewComplaint(_Sent):
    """A complaint about supply, meter, bill or service."""

    type: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Z]{3}-[0-9]{2}$"),
        Field(description="The code of its type, as `/complaint-types` lists them.", examples=["SUP-04"]),
    ]
    consumer: Annotated[
        ConsumerNumber | None, Field(description="Whose connection; types that say so need it.")
    ] = None
    office: Annotated[
        OfficeCode | None,
        Field(description="Only for a place without a consumer: the office that has to act."),
    ] = None
    mobile: Annotated[
        Text, Field(description="Where to call back: ten digits, also behind +91.", examples=["9826048210"])
    ] = ""
    landmark: Annotated[
        Text, Field(description="Where it is, as people say it.", examples=["गांधी मोहल्ला, पानी की टंकी के पास"])
    ] = ""
    note: Annotated[Text, Field(description="What else was said.")] = ""
    answers: Annotated[
        dict[Annotated[str, StringConstraints(max_length=40)], Text],
        Field(
            description="Answers to the questions of its type, by their keys. What was not said is left out.",
            max_length=MOST_ANSWERS,
            examples=[{"pole": "P9"}],
        ),
    ] = {}
    central_number: Annotated[
        Text | None, Field(description="Under which number 1912 knows it, where it does already.")
    ] = None


class Limit(BaseModel):
    """A level of the company and by when it must have acted."""

    level: Annotated[str, Field(description="`zone`, `division` or `circle`.", examples=["zone"])]
    due_at: Annotated[datetime | None, Field(description="None where no source gives a limit.")]


class Registered(BaseModel):
    """A complaint that stands. The office's counters see it from now on."""

    number: Annotated[
        str,
        Field(
            description="What the consumer keeps and asks by, with its three letters.",
            examples=["2214-92-C00318-7KD"],
        ),
    ]
    type: str
    office: OfficeCode
    registered_at: datetime
    due_at: Annotated[datetime | None, Field(description="By when it must be done; none without a standard.")]
    limits: list[Limit]
    danger: Annotated[
        bool, Field(description="Danger to life: say so, and have 1912 telephoned at once.")
    ] = False


class Step(BaseModel):
    """A step of its life."""

    stage: Stage
    at: datetime


class Complaint(Registered):
    """Where a complaint stands now, whoever moved it on."""

    stage: Annotated[
        Stage,
        Field(description="`attended`: staff say it is done; `closed`: the consumer agreed to that."),
    ]
    since: datetime
    open: Annotated[bool, Field(description="Whether somebody still has to do something.")]
    at_office: Annotated[str, Field(description="The office that has it now.", examples=["2214"])]
    reopened: Annotated[int, Field(description="How often it was reopened.", ge=0)]
    central_number: Annotated[
        str | None, Field(description="Its number at 1912; none: not yet registered at 1912.")
    ]
    expected_at: Annotated[
        datetime | None, Field(description="When the supply is expected back, where an outage was told.")
    ]
    steps: list[Step]


class CentralNumber(_Sent):
    """The number under which 1912 knows a complaint."""

    number: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z/-]{3,39}$"),
        Field(examples=["2026031200417"]),
    ]


class Question(BaseModel):
    """What may be asked with a type; the key is what `answers` name it by."""

    key: str
    hi: str
    en: str
    answer: Annotated[str, Field(description="`text`, `number`, `day` or `mobile`.")]


class ComplaintType(BaseModel):
    """A type of complaint."""

    code: str
    group: str
    hi: str
    en: str
    words: Annotated[list[str], Field(description="Other words that people say for it.")]
    needs_consumer: bool
    anonymous: Annotated[bool, Field(description="Neither consumer nor mobile is kept.")]
    danger: bool
    questions: list[Question]


class Office(BaseModel):
    """An office that is open to this key."""

    office: OfficeCode
    hi: str
    en: str
    division_hi: str
    division_en: str
    urban: bool


class Bill(BaseModel):
    """A month's bill as the billing system made it."""

    number: str
    month: Annotated[str, Field(examples=["2026-02"])]
    issued: date
    due: date
    units: int
    amount: Annotated[Rupees, Field(description="The whole bill with arrears, in rupees.")]


class Bills(BaseModel):
    """A consumer's bills, the newest first, and what is payable today."""

    consumer: ConsumerNumber
    office: OfficeCode
    payable: Annotated[
        Rupees,
        Field(description="Whole rupees to ask for today, everything that is known to be paid taken off."),
    ]
    credit: Annotated[Rupees, Field(description="What the consumer has over.", ge=0)]
    paid: Annotated[Rupees, Field(description="What was paid for the newest bill since it was made.", ge=0)]
    bills: list[Bill]


class NewPayment(_Sent):
    """Money that has moved. It is never refused for being too much: what is over becomes an advance."""

    consumer: ConsumerNumber
    amount: Annotated[int, Field(description="Whole rupees.", ge=1, le=MOST_RUPEES, examples=[640])]
    paid_by: Annotated[PaidBy, Field(strict=False, description="How the money moved.")]
    reference: Annotated[
        str,
        StringConstraints(min_length=6, max_length=35, pattern=r"^[ -~]+$"),
        Field(
            description="What whoever moved the money calls it; for UPI the 12 digits of the UTR.",
            examples=["608712345678"],
        ),
    ]
    confirmed: Annotated[
        bool,
        Field(
            description="Whether the bank or payment gateway says that the money moved. "
            "False while only the payer says so: the receipt is provisional then."
        ),
    ]
    advance: Annotated[
        bool,
        Field(
            description="The consumer means to pay more than is due. "
            "Otherwise the office asks what is to become of what is over."
        ),
    ] = False
    paid_at: Annotated[
        AwareDatetime | None,
        Field(
            description="When the money moved, where that was before now. It counts for the due date.",
            strict=False,
        ),
    ] = None


class Payment(BaseModel):
    """A payment that was reported by a channel."""

    receipt: Annotated[str, Field(description="The number of its receipt.", examples=["2214-93-000012-Q7M"])]
    consumer: ConsumerNumber
    office: OfficeCode
    amount: Rupees
    paid_by: str
    reference: str
    confirmed: bool
    paid_on: date
    bill_month: Annotated[str, Field(description="Of the bill that it pays; empty without one.")]
    advance: Annotated[Rupees, Field(description="What of it is above all dues that were known.", ge=0)]


class Paid(BaseModel):
    """A payment of a consumer, wherever it was made."""

    paid_on: date
    amount: Rupees
    channel: Annotated[str, Field(description="`counter`, a channel, or what the billing system calls it.")]
    reference: str
    receipt: Annotated[
        str, Field(description="The number of its receipt where counters or channels gave one.")
    ]
    bill_month: str
    in_bill: Annotated[bool, Field(description="Whether the billing system has it in a bill.")]
    lost: Annotated[
        Rupees,
        Field(description="What of it the bank did not pay, as with a cheque that came back.", ge=0),
    ]


class Fault(BaseModel):
    """A field of a request that is not as described."""

    field: str
    why: str


class Refusal(BaseModel):
    """Why nothing was done. `sentence` may be shown to people as it is."""

    refused: Annotated[str, Field(description="What it is, for programs.", examples=["ConsumerUnknown"])]
    sentence: Annotated[str, Field(description="The same for people, in English.")]
    sentence_hi: Annotated[str, Field(description="The same for people, in Hindi.")]
    fields: list[Fault] = []
