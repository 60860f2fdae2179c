"""Names of states and kinds in the reader's languages: one table for screens and papers."""

from datetime import date

from counter_app.domain.acts import FileKind, Paper, PaperState
from counter_app.domain.allocation import Head
from counter_app.domain.approval import Deed
from counter_app.domain.bill import Charge
from counter_app.domain.charges import INSTALMENT, ChargeHead
from counter_app.domain.complaint import Consent, Stage
from counter_app.domain.consumer import Supply
from counter_app.domain.drawer import Move
from counter_app.domain.money_refusals import ChargeUnknown
from counter_app.domain.office import Post
from counter_app.domain.payment import TenderKind
from counter_app.domain.people import Role
from counter_app.domain.priority import Priority
from counter_app.domain.receipt_code import Verdict
from counter_app.domain.rules import Rules
from counter_app.domain.service_level import Area, Level
from counter_app.domain.statement import Finding
from counter_app.domain.undoing import Undoing, Why
from counter_app.words.say import N_, Both, Language, both

_STAGES = {
    Stage.REGISTERED: N_("registered"),
    Stage.FORWARDED: N_("forwarded"),
    Stage.ASSIGNED: N_("assigned"),
    Stage.ON_SITE: N_("on site"),
    Stage.ATTENDED: N_("attended"),
    Stage.CLOSED: N_("closed"),
    Stage.REOPENED: N_("reopened"),
    Stage.TRANSFERRED: N_("handed over"),
    Stage.MERGED: N_("part of another"),
    Stage.WITHDRAWN: N_("withdrawn"),
}
_RULE_KINDS = {
    "orders": N_("Order in which a payment is used"),
    "tenders": N_("Ways of paying"),
    "payees": N_("Whom UPI pays"),
    "charges": N_("Charges that are no bill"),
    "banking": N_("Cheques and the bank"),
    "agents": N_("Limits of agents"),
    "countings": N_("Counting the drawer"),
    "holidays": N_("Public holidays"),
    "catalogues": N_("Types of complaints"),
    "service_levels": N_("Standards of service"),
    "tariffs": N_("Tariff"),
    "duties": N_("Electricity duty"),
    "surcharges": N_("Surcharge for late payment"),
    "fppas_rates": N_("Fuel and power purchase adjustment"),
    "general": N_("Conditions of the bill"),
    "times_of_day": N_("Rates by time of day"),
    "subsidies": N_("Subsidies"),
    "deposits": N_("Security deposit"),
    "messages": N_("Messages on the bill"),
}
_AREAS = {Area.METRO: N_("Metro"), Area.URBAN: N_("Urban"), Area.RURAL: N_("Rural")}
_LEVELS = {
    Level.ZONE: N_("Zone / distribution centre"),
    Level.DIVISION: N_("Division office"),
    Level.CIRCLE: N_("Circle office"),
}
_POSTS = {
    Post.JE: N_("Junior engineer (JE)"),
    Post.AE: N_("Assistant engineer (AE)"),
    Post.EE: N_("Executive engineer (DE)"),
    Post.SE: N_("Superintending engineer (SE)"),
    Post.CE: N_("Chief engineer (CE)"),
}
_CONSENTS = {
    Consent.CODE: N_("Code on the slip"),
    Consent.SIGNATURE: N_("Signature on the slip"),
    Consent.CALL_BACK: N_("Called back"),
    Consent.SILENCE: N_("No objection came"),
}
_PRIORITIES = {
    Priority.SENIOR: N_("Senior citizen"),
    Priority.WOMAN: N_("Woman"),
    Priority.DISABLED: N_("Disabled person"),
}
_TENDERS = {
    TenderKind.CASH: N_("Cash"),
    TenderKind.UPI: N_("UPI"),
    TenderKind.CARD: N_("Card"),
    TenderKind.CHEQUE: N_("Cheque"),
    TenderKind.DRAFT: N_("Demand draft"),
    TenderKind.OTHER: N_("Other channel"),
}
_HEADS = {
    Head.CURRENT_DUTY: N_("duty, current"),
    Head.ARREAR_DUTY: N_("duty, arrears"),
    Head.SURCHARGE: N_("surcharge"),
    Head.ARREAR: N_("arrears"),
    Head.CURRENT: N_("current bill"),
    Head.ADVANCE: N_("advance"),
}
_CHARGES = {
    Charge.ENERGY: N_("Energy"),
    Charge.FPPAS: N_("FPPAS"),
    Charge.FIXED: N_("Fixed charge"),
    Charge.DUTY: N_("Electricity duty"),
    Charge.ADJUSTMENT: N_("CCB adjustment"),
    Charge.PENAL: N_("Penal charge"),
    Charge.POWER_FACTOR: N_("Power factor"),
    Charge.DEPOSIT_INSTALMENT: N_("Additional deposit, instalment"),
    Charge.TIME_OF_DAY: N_("Time of day"),
    Charge.DEPOSIT_INTEREST: N_("Interest on the deposit"),
    Charge.LOAD_FACTOR: N_("Load factor incentive"),
    Charge.LOCK_CREDIT: N_("Lock credit"),
    Charge.EMPLOYEE: N_("Employee rebate"),
    Charge.PREPAID: N_("Prepaid rebate"),
    Charge.ONLINE: N_("Online payment rebate"),
    Charge.PROMPT: N_("Prompt payment rebate"),
    Charge.ADVANCE: N_("Advance payment rebate"),
    Charge.DEMAND_SIDE: N_("Demand side incentive"),
    Charge.GREEN: N_("Wheeling and green energy"),
    Charge.REBATE: N_("Rebate"),
    Charge.SUBSIDY: N_("State subsidy"),
}
_ROLES = {
    Role.CLERK: N_("Clerk"),
    Role.CASHIER: N_("Cashier"),
    Role.AGENT: N_("Agent"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.AUDITOR: N_("Auditor"),
}
_DEEDS = {
    Deed.CANCEL: N_("Cancel a receipt"),
    Deed.CORRECT: N_("Correct the way of paying"),
    Deed.MOVE: N_("Move a payment to another consumer"),
    Deed.CLOCK: N_("Decide about the clock"),
    Deed.CASH_OUT: N_("Cash out of the drawer"),
    Deed.DIFFERENCE: N_("Close a drawer with a difference"),
}
_HELD = {
    "payload_damaged": N_("The centre cannot read this entry. Call for help."),
    "payload_missing": N_("The content of this entry did not arrive. Call for help."),
    "act_repeated": N_("The same work arrived twice with different content. The office looks at it."),
    "device_revoked": N_("The centre has shut this counter out. Call for help."),
    "total_wrong": N_("The running total does not fit. The office looks at it."),
    "not_fitting": N_("It does not fit what the centre knows. Look at the consumer number."),
    "returned": N_("It came back from another counter after the centre had lost it. The office looks at it."),
}
_PAPERS = {
    Paper.RECEIPT: N_("receipt"),
    Paper.BILL: N_("bill"),
    Paper.SLIP: N_("complaint slip"),
    Paper.UNDOING: N_("cancellation slip"),
    Paper.CASH_SLIP: N_("cash slip"),
    Paper.DAY_REPORT: N_("day report"),
    Paper.BOOK: N_("book"),
    Paper.STATEMENT: N_("account statement"),
    Paper.NO_DUES: N_("no-dues certificate"),
    Paper.CLAIM: N_("claim slip"),
    Paper.CHANNEL_RECEIPT: N_("duplicate of a payment elsewhere"),
}
_WHYS = {
    Why.WRONG_CONSUMER: N_("Wrong consumer"),
    Why.WRONG_AMOUNT: N_("Wrong amount"),
    Why.WRONG_TENDER: N_("Wrong way of paying"),
    Why.NOT_PAID: N_("Money did not come"),
    Why.TAKEN_TWICE: N_("Taken twice"),
    Why.OTHER: N_("Other reason"),
}
_UNDOINGS = {
    Undoing.CANCEL: N_("cancelled"),
    Undoing.CORRECT: N_("way of paying corrected"),
    Undoing.MOVE: N_("moved to another consumer"),
    Undoing.REFUND: N_("refund asked for"),
}
_VERDICTS = {
    Verdict.GENUINE: N_("Genuine receipt of this office"),
    Verdict.COPY: N_("Genuine, but a copy"),
    Verdict.CANCELLED: N_("This receipt was cancelled and counts no more"),
    Verdict.ALTERED: N_("Altered or forged: the code is not what the counter signed"),
    Verdict.UNKNOWN: N_("Signed here, but no such receipt is in the journal"),
    Verdict.NOT_HEARD: N_("Another counter's receipt that was not heard of here"),
}
_FINDINGS = {
    Finding.MATCHED: N_("matched"),
    Finding.KNOWN: N_("known before"),
    Finding.TWICE: N_("one reference on several receipts"),
    Finding.OTHER_AMOUNT: N_("another amount than on the receipt"),
    Finding.ELSEWHERE: N_("another counter's receipt, settled there"),
    Finding.STANDS: N_("another report holds until more is taken"),
    Finding.UNMATCHED: N_("no receipt waits for it"),
}
_MOVES = {
    Move.CHANGE: N_("Change received"),
    Move.IN: N_("Cash in"),
    Move.OUT: N_("Cash out"),
    Move.DROP: N_("Cash to the head cashier"),
    None: N_("Cash taken over"),
}
_CARRIED = {
    "confirmed": N_("confirmed by the bank"),
    "failed": N_("did not come"),
    "dishonoured": N_("dishonoured"),
    "refund": N_("refund asked for"),
    "move": N_("moved to another consumer"),
}
_PAPER_STATES = {
    PaperState.WAITING: N_("waiting"),
    PaperState.SENT: N_("sent to the printer"),
    PaperState.CONFIRMED: N_("printed"),
    PaperState.UNKNOWN: N_("not confirmed"),
    PaperState.FAILED: N_("not printed"),
    PaperState.WAIVED: N_("not needed"),
}
_SUPPLIES = {Supply.LIVE: N_("Live"), Supply.DISCONNECTED: N_("Disconnected"), Supply.REMOVED: N_("Removed")}
_FILES = {
    FileKind.CONSUMERS: N_("Consumers"),
    FileKind.BILLS: N_("Bills"),
    FileKind.PAYMENTS: N_("Payments"),
    FileKind.OFFICERS: N_("Officers"),
    FileKind.ASSETS: N_("Feeders, transformers, poles"),
    FileKind.SHUTDOWNS: N_("Planned shutdowns"),
    FileKind.ROSTER: N_("Duty roster"),
}

_CHANNELS = {
    "counter": N_("Counter"),
    "other counter": N_("Other counter"),
    "portal": N_("Portal"),
    "upay": N_("UPAY app"),
    "call-centre": N_("1912 call centre"),
    "whatsapp": N_("WhatsApp"),
    "above": N_("Above the office"),
    "bbps": N_("BBPS"),
    "mponline": N_("MPOnline"),
    "agent": N_("Collection agent"),
    "pos": N_("POS machine"),
    "kiosk": N_("Kiosk"),
    "atp": N_("ATP machine"),
}


def stage(value: Stage, language: Language) -> Both:
    """A complaint's stage."""
    return both(_STAGES[value], language)


def area(value: Area, language: Language) -> Both:
    """What the limits distinguish."""
    return both(_AREAS[value], language)


def level(value: Level, language: Language) -> Both:
    """Who answers for a complaint, from the office up."""
    return both(_LEVELS[value], language)


def post(value: Post, language: Language) -> Both:
    """Whom a complaint goes to, level by level."""
    return both(_POSTS[value], language)


def consent(value: Consent, language: Language) -> Both:
    """How a consumer agreed to a closing."""
    return both(_CONSENTS[value], language)


def priority(value: Priority, language: Language) -> Both:
    """Who is served before the queue."""
    return both(_PRIORITIES[value], language)


def tender(value: TenderKind, language: Language) -> Both:
    """A way of paying."""
    return both(_TENDERS[value], language)


def head(value: Head, language: Language) -> Both:
    """What a share of a payment goes to."""
    return both(_HEADS[value], language)


def charge(value: Charge, language: Language) -> Both:
    """A head of a bill's break-up."""
    return both(_CHARGES[value], language)


def rule_kind(kind: str, language: Language) -> Both:
    """What the rules of a kind are about."""
    return both(_RULE_KINDS[kind], language)


def role(value: Role, language: Language) -> Both:
    """A role of the office."""
    return both(_ROLES[value], language)


def paper(value: Paper, language: Language) -> Both:
    """A kind of paper."""
    return both(_PAPERS[value], language)


def why(value: Why, language: Language) -> Both:
    """Why something is done about a receipt."""
    return both(_WHYS[value], language)


def any_why(value: str, language: Language) -> Both:
    """A reason as it was recorded."""
    return both(_WHYS[Why(value)], language) if value in set(Why) else Both(value, "")


def any_head(value: str, language: Language) -> Both:
    """A head as it was recorded; of money that is no bill its charge keeps its own name."""
    return both(_HEADS[Head(value)], language) if value in set(Head) else Both(value, "")


def undoing(value: Undoing, language: Language) -> Both:
    """What was done about a receipt."""
    return both(_UNDOINGS[value], language)


def verdict(value: Verdict, language: Language) -> Both:
    """What a receipt is by its code."""
    return both(_VERDICTS[value], language)


def finding(value: Finding, language: Language) -> Both:
    """What a row of a bank's statement comes to."""
    return both(_FINDINGS[value], language)


def deed(value: Deed, language: Language) -> Both:
    """What a second person is asked for."""
    return both(_DEEDS[value], language)


def move(value: Move | None, language: Language) -> Both:
    """Why cash moved without a receipt; None: it was taken over from a closed drawer."""
    return both(_MOVES[value], language)


def carried(value: str, language: Language) -> Both:
    """What became of a receipt of a sealed day; what is not known here keeps its own name."""
    if value not in _CARRIED:
        return Both(value, "")
    return both(_CARRIED[value], language)


def charge_head(head: ChargeHead, language: Language) -> Both:
    """A head of money that is no bill, as the rules name it."""
    return Both(head.name_en, "") if language is Language.ENGLISH else Both(head.name_hi, head.name_en)


def instalment(language: Language) -> Both:
    """A part of the dues that an officer fixed."""
    return both(N_("Instalment by order"), language)


def paid_for(charge: str, rules: Rules, on: date, language: Language) -> Both:
    """What a payment was for, when it was no bill; empty for a bill. A head of other rules keeps its key."""
    if not charge:
        return Both("", "")
    if charge == INSTALMENT:
        return instalment(language)
    try:
        return charge_head(rules.charge(on, charge), language)
    except ChargeUnknown:
        return Both(charge, "")


def paper_state(value: PaperState, language: Language) -> Both:
    """How a print stands."""
    return both(_PAPER_STATES[value], language)


def supply(value: Supply, language: Language) -> Both:
    """The state of a connection."""
    return both(_SUPPLIES[value], language)


def channel(value: str, language: Language) -> Both:
    """Where a payment was made; a channel not known here keeps its own name."""
    if value not in _CHANNELS:
        return Both(value, "")
    return both(_CHANNELS[value], language)


def file_kind(value: FileKind, language: Language) -> Both:
    """A file of the billing side."""
    return both(_FILES[value], language)


def held_reason(value: str, language: Language) -> Both:
    """Why the centre holds an entry; a reason not known here keeps its own name."""
    if value not in _HELD:
        return Both(value, "")
    return both(_HELD[value], language)
