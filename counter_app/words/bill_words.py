"""What is said of a bill's lines and of why it differs from another one."""

from counter_app.domain.bill import Charge, Per, SlabLine
from counter_app.domain.bill_making import Beside, DutyShare, FixedCount, MadeLine, Units
from counter_app.domain.bill_reasons import Comparison, Reason, Why
from counter_app.domain.money import Paise
from counter_app.words import labels
from counter_app.words.amounts import exact, number, rupees
from counter_app.words.dates import month
from counter_app.words.say import N_, Both, Language, both, say

_BESIDE = {
    Beside.MINIMUM: N_("Added up to the least energy charge"),
    Beside.UNEXPLAINED: N_("Not explained by the slabs"),
    Beside.MONTH: N_("Current month bill"),
    Beside.ARREAR: N_("Arrears"),
    Beside.ARREAR_DUTY: N_("Arrears of duty"),
    Beside.SURCHARGE: N_("Surcharge"),
    Beside.ROUNDING: N_("Rounding"),
    Beside.NET: N_("Net bill"),
}
_PER = {
    Per.CONNECTION: N_("connection"),
    Per.STEP: N_("0.1 kW"),
    Per.KW: N_("kW"),
    Per.KVA: N_("kVA"),
    Per.HP: N_("HP"),
    Per.KW_DAY: N_("kW and day"),
}
# What makes a bill dearer, and what the same makes cheaper.
_WHY = {
    Why.USE: (N_("More units a day: {before} → {now}"), N_("Fewer units a day: {before} → {now}")),
    Why.DAYS: (N_("More days: {before} → {now}"), N_("Fewer days: {before} → {now}")),
    Why.AVERAGE: (
        N_("Average use instead of a reading: {before} → {now} units a day"),
        N_("Average use instead of a reading: {before} → {now} units a day"),
    ),
    Why.READ_AGAIN: (
        N_("Read again after an average: {before} → {now} units a day"),
        N_("Read again after an average: {before} → {now} units a day"),
    ),
    Why.PRICE: (N_("A unit costs more on average"), N_("A unit costs less on average")),
    Why.ORDER: (N_("Dearer rates: {rates}"), N_("Cheaper rates: {rates}")),
    Why.FIXED_BY_LOAD: (
        N_("Fixed charge by load, above {now} units"),
        N_("Fixed charge by load, above {now} units"),
    ),
    Why.FIXED_BY_CONNECTION: (
        N_("Fixed charge by connection, up to {now} units"),
        N_("Fixed charge by connection, up to {now} units"),
    ),
    Why.FIXED: (N_("Fixed charge, higher"), N_("Fixed charge, lower")),
    Why.SUBSIDY_LOST: (N_("No state subsidy; before {before}"), N_("No state subsidy; before {before}")),
    Why.SUBSIDY_WON: (N_("State subsidy, none before"), N_("State subsidy, none before")),
    Why.SUBSIDY: (N_("Less state subsidy"), N_("More state subsidy")),
    Why.FPPAS: (N_("FPPAS, higher"), N_("FPPAS, lower")),
    Why.ARREARS: (N_("More arrears of earlier bills"), N_("Fewer arrears of earlier bills")),
    Why.SURCHARGE: (N_("More surcharge for late payment"), N_("Less surcharge for late payment")),
    Why.BILLING: (N_("Charged otherwise than by the order"), N_("Charged otherwise than by the order")),
    Why.ROUNDING: (N_("Rounding"), N_("Rounding")),
}
_UNITS_A_DAY = {Why.USE, Why.AVERAGE, Why.READ_AGAIN}


def line(value: MadeLine, language: Language) -> Both:
    """What a line of a bill is."""
    if isinstance(value.how, SlabLine | DutyShare):
        return between(value.how.above, value.how.upto, language)
    if isinstance(value.what, Charge):
        return labels.charge(value.what, language)
    return both(_BESIDE[value.what], language)


def between(above: int, upto: int | None, language: Language) -> Both:
    """Which units: "up to 50 units", "51–150 units", "above 300 units", "all units"."""
    if upto is None:
        words = N_("above {units} units") if above else N_("all units")
        return both(words, language, units=number(above)) if above else both(words, language)
    if above:
        return both(N_("{first}–{last} units"), language, first=number(above + 1), last=number(upto))
    return both(N_("up to {units} units"), language, units=number(upto))


def counted(value: MadeLine, language: Language) -> str:
    """What a line counts: units, "14 × 0.1 kW", the energy charge that duty is on; empty: nothing."""
    match value.how:
        case Units(count=units) | SlabLine(units=units):
            return number(units)
        case FixedCount(count=count, per=per):
            return f"{number(count)} × {say(_PER[per], language)}"
        case DutyShare(base=base):
            return rupees(base)
    return ""


def rate(value: MadeLine) -> str:
    """At which rate: rupees for each unit or step, or a percentage; empty: none."""
    match value.how:
        case SlabLine(rate=paise) | FixedCount(rate=paise):
            return exact(paise)
        case DutyShare(basis_points=points):
            return percent(points)
    return ""


def percent(points: int) -> str:
    """Hundredths of a percent: "9 %", "3.15 %"."""
    whole, part = divmod(points, 100)
    return f"{whole}.{part:02d} %" if part else f"{whole} %"


def why(reason: Reason, compared: Comparison, language: Language) -> Both:
    """One reason, with its facts."""
    if reason.why is Why.HEAD and reason.head is not None:
        return labels.charge(reason.head, language)
    text = _WHY[reason.why][reason.amount < 0]
    if reason.why in (Why.FIXED_BY_LOAD, Why.FIXED_BY_CONNECTION) and not reason.now:
        text = N_("Fixed charge, counted in another way")
    before, now = str(reason.before), str(reason.now)
    if reason.why in _UNITS_A_DAY:
        before, now = tenths(reason.before), tenths(reason.now)
    elif reason.why is Why.SUBSIDY_LOST:
        before = rupees(-reason.before)
    return both(text, language, before=before, now=now, rates=compared.now.rates)


def weightiest(compared: Comparison, most: int, language: Language) -> list[tuple[Both, Paise]]:
    """The reasons and their amounts in no more than so many lines: the lightest stand together in one."""
    reasons = compared.reasons
    told = reasons if len(reasons) <= most else reasons[: most - 1]
    lines = [(why(reason, compared, language), reason.amount) for reason in told]
    if len(told) < len(reasons):
        rest = sum(reason.amount for reason in reasons[len(told) :])
        lines.append((both(N_("Smaller reasons together"), language), rest))
    return lines


def difference(compared: Comparison, language: Language) -> Both:
    """How much more or less than which month."""
    text = N_("As much as in {month}")
    if compared.difference:
        text = (
            N_("{amount} more than in {month}")
            if compared.difference > 0
            else N_("{amount} less than in {month}")
        )
    return both(text, language, amount=rupees(abs(compared.difference)), month=month(compared.before.month))


def tenths(value: int) -> str:
    """Tenths as a number with one place: "6.7"."""
    whole, part = divmod(value, 10)
    return f"{whole}.{part}"
