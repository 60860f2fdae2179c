"""The sentence of every refusal: what happened, what is safe, what to do."""

from datetime import date, timedelta

from counter_app.domain import central_refusals as c
from counter_app.domain import complaint_refusals as k
from counter_app.domain import money_refusals as m
from counter_app.domain import refusals as r
from counter_app.words.amounts import rupees
from counter_app.words.dates import age, day
from counter_app.words.labels import channel
from counter_app.words.refused_files import ABOUT_FILES
from counter_app.words.say import N_, Both, Language, both, say

# Facts in paise; all other numbers are counts.
_MONEY = {"limit", "short", "amount", "charged"}

SENTENCES: dict[type[r.Refused], str] = {
    r.AmountMissing: N_("The amount is empty. Type whole rupees."),
    r.AmountUnreadable: N_("This is not an amount. Type digits only."),
    r.AmountNotPositive: N_("The amount must be above zero. Nothing is recorded."),
    r.AmountNotWholeRupees: N_("Payments are taken in whole rupees. Type it without paise."),
    r.AmountTooLarge: N_("At most {limit} can be typed here. Look at the amount again."),
    r.GivenTooLittle: N_("Take {short} more."),
    r.SplitDoesNotAdd: N_("The parts do not add up to the amount. Look at them again."),
    r.TextTooLong: N_("The text is too long: {length} of {limit_count} letters. Shorten it."),
    r.HiddenCharacters: N_("There are hidden characters in the text. Type it again."),
    r.CardNumberTyped: N_("This looks like a card number. It is never kept; type only the last 4 digits."),
    r.MobileWrong: N_("A mobile has 10 digits and begins with 6 to 9; there are {digits} digits."),
    r.NumberIncomplete: N_("The number needs 10 digits; there are {digits}."),
    r.UtrWrong: N_("Type the last 6 digits of the UTR, or all 12; there are {digits}."),
    r.CardTailWrong: N_("Type the last 4 digits of the card; there are {digits}."),
    m.ChequeNumberWrong: N_("A cheque or draft number has 6 digits; there are {digits}."),
    m.ChequeDayWrong: N_("{day}: the bank would not pay this cheque. Look at its date."),
    m.BankMissing: N_("The bank is missing. Type it as it stands on the cheque."),
    m.ReferenceWrong: N_("The reference is too short: {length} letters. Type it whole."),
    m.CountTooLarge: N_("At most {pieces} pieces can be counted here. Look at the number again."),
    m.FaceUnknown: N_("There is no note or coin of {amount} now. Count what there is."),
    m.DuesRemain: N_("{amount} is due, so no certificate can be given. Take the payment first: F4."),
    m.DuesUnsure: N_("{amount} is not confirmed by the bank yet. Give the certificate when it is."),
    m.DuesNotHeard: N_("Whether nothing is due is not known at this office. Ask the office of the account."),
    m.PaymentNotKnown: N_("The billing data does not have this payment. Register it as a complaint: F3."),
    m.PaymentInBill: N_("This payment is in the bill already. Its duplicate can be printed."),
    r.ReasonMissing: N_("This needs a reason. Choose one."),
    r.PlaceMissing: N_("Without a consumer number the place is needed. Type a landmark."),
    k.NoPicture: N_("This is no photo that can be read. Bring a JPEG or PNG, of 50 megapixels at the most."),
    k.TooManyPictures: N_("There are {most} photos already. No more can be kept here."),
    k.PaymentNotDescribed: N_("Type the last digits of the UTR, or the day and the amount."),
    k.AnswerMissing: N_("This is needed. Ask, and type it."),
    k.AnswerNoNumber: N_("This is not a number. Type digits only."),
    k.AnswerNoDay: N_("This is not a day. Type it like 12/03/2026."),
    k.AnswerNoMobile: N_("This is no mobile. It has 10 digits and begins with 6 to 9."),
    k.ReadingAhead: N_("{day} is still to come. Type the day on which the meter was read."),
    k.AgreementMissing: N_("Papers and consent are needed first. Look, read it out, then tick by digit."),
    r.ConsumerUnknown: N_("{number} is not known here. Look at the number, or search by name."),
    r.BillUnknown: N_("There is no bill for {number} here. Search again, or register a complaint."),
    r.ReceiptUnknown: N_("This receipt is not here. Look at its last digits."),
    r.ComplaintUnknown: N_("This complaint is not here. Look at its number, or search by mobile."),
    r.ComplaintTypeUnknown: N_("There is no complaint type {key}. Choose one from the list."),
    r.StepNotPossible: N_("This step does not fit now. See below where the complaint stands."),
    k.ConsentMissing: N_("A complaint is closed when the consumer agrees. Choose how that was told."),
    k.ConsentCodeWrong: N_("This is not the code on the consumer's slip. Look again; nothing is closed."),
    k.ConsentCodeOld: N_(
        "This code is from before the complaint was reopened. Take the one on the new slip, or the signature."
    ),
    k.ConsentCodeElsewhere: N_(
        "The code of this slip cannot be checked here. Take the signature, or call the consumer back."
    ),
    k.SilenceIsNoConsent: N_("Silence is no agreement here yet. Ask the consumer."),
    k.CentralNumberWrong: N_("A 1912 number has 4 to 40 letters and digits. Type it as it was told."),
    k.OfficeItself: N_("The complaint is at office {office} already. Type another code."),
    k.NothingToClaim: N_("Nothing can be claimed for this complaint now, or it was claimed already."),
    k.ComplaintNotPart: N_("It cannot become a part of that complaint. Look at the number again."),
    k.DangerInOther: N_("Danger waits for no other complaint. Leave it by itself, so that it is seen."),
    k.StepUnexplained: N_("Type a few words: why it is withdrawn, or whom you called and when."),
    k.NobodyNamed: N_("Type who it is given to."),
    r.SentToPrinter: N_(
        "This paper went to the printer already. Look there, or print a copy: receipt F7, slip F6."
    ),
    r.UtrUsed: N_("This UTR is on receipt {receipt}. Look at the phone again."),
    m.TailUsed: N_(
        "Receipt {receipt} has the same six digits and {amount}. Look at the phone: type all 12 digits."
    ),
    m.ChequeTooLate: N_("Cheques are taken here until {until}. Take another way of paying."),
    m.AuthorityMissing: N_("This amount needs an order. Type its number, as it stands on the paper."),
    m.ChargeUnknown: N_("This cannot be paid in here today. Choose what it is for again."),
    m.LoadOutside: N_("The rate is not for this load. Look at the kW, or type the number of the order."),
    m.TaskUnknown: N_("This work is done already, or waits elsewhere. Look at the list again."),
    m.ChequeUsed: N_("This cheque is on receipt {receipt}. Look at it again."),
    m.ReferenceUsed: N_("This reference is on receipt {receipt}. Look at it again."),
    m.CashCeiling: N_("No more than {limit} can be taken in cash here. Take another way of paying."),
    m.ReceiptCancelled: N_("Receipt {receipt} is cancelled. Nothing more can be done about it."),
    m.ReceiptSealed: N_("The day of receipt {receipt} is closed. It stays; ask for a refund."),
    m.ReceiptOpen: N_("The drawer of receipt {receipt} is still open. Cancel it there."),
    m.NothingChanged: N_("That is what stands there already. Nothing is changed."),
    m.MoneyLost: N_(
        "The money of receipt {receipt} did not come and is due again. Take it anew, with a new receipt."
    ),
    m.PutRightBefore: N_(
        "Receipt {receipt} was put right before this counter was restored. Nothing more is changed on it;"
        " a refund can be asked for when its day is closed."
    ),
    m.RefundKnown: N_("A refund of receipt {receipt} was asked for already."),
    m.SettledOutOfTurn: N_("That cannot come of this way of paying. Choose again."),
    m.WordStands: N_(
        "Another report from the bank still holds. Record this once {more} more has been taken here."
    ),
    m.DrawerFirst: N_("Count your own drawer first (F8), then today's sums can be seen."),
    m.DrawerBegun: N_("This drawer is in use already. More change comes in as cash from the head cashier."),
    m.FloatKept: N_(
        "{amount} was kept as the float. Open with at least that; what is missing shows at day end."
    ),
    m.DrawerCounted: N_("This drawer is counted. Seal it with F8; new money goes into a new drawer."),
    m.CountMissing: N_("The drawer is not counted yet. Count it first with F8."),
    m.DrawerHoldsLess: N_("There is less than that in the drawer. Look at the amount again."),
    m.PersonMissing: N_("Who gives or gets the cash is missing. Type a name."),
    m.ReceiverUnknown: N_("Nobody with the code {code} can take the cash over. Type a colleague's code."),
    m.CashOnItsWay: N_("Cash handed to you is not taken over yet. Take it over first."),
    m.KeptTooMuch: N_("More cannot stay here than was counted. Look at the amount again."),
    m.FloatForNobody: N_("Nobody opens this drawer again. Let all of it go to the bank, or to a colleague."),
    m.DepositUnknown: N_("Nothing of this closing goes to the bank. Choose another from the list."),
    m.DepositDayWrong: N_("{day} is not possible: cash is paid in after its count and before tomorrow."),
    m.StampMissing: N_("Bank and pay-in slip number are needed. Type them from the stamped slip."),
    m.HandoverUnknown: N_("No cash waits to be taken over. It was taken over already, or never given."),
    m.DepositKnown: N_("This deposit is noted already. Nothing is changed."),
    r.PaidToday: N_("{amount} was paid today: {channel}. Nothing is recorded now."),
    r.NothingDue: N_("Nothing is due now. Money can only be taken as an advance."),
    r.TenderOff: N_("This way of paying is off here. Take cash, UPI or card."),
    r.RuleMissing: N_("The rules here do not cover this day ({rule}). Tell the office in charge."),
    r.ActUsedElsewhere: N_("This work is recorded already. Open the page again for new work."),
    r.PasswordWrong: N_("Code or password is not right. Tries left: {tries_left}."),
    r.TriesUsedUp: N_("Too many wrong tries. Wait {minutes} min, then sign in again."),
    r.NotAllowed: N_("This is not among your rights. Ask the supervisor; the attempt is noted."),
    m.SecondMissing: N_("A second person must agree to this. Call the supervisor."),
    m.SecondIsSame: N_("Someone else must agree: neither you nor the one who took the money."),
    m.SecondMayNot: N_("This person may not agree to this. Ask the supervisor."),
    m.SecondElsewhere: N_("Who gets the cash has to be here and agrees by password or PIN."),
    m.PinNotToday: N_("A PIN counts only after a sign-in by password here today. Use the password."),
    m.PinWrong: N_("The PIN is not right. Tries left: {tries_left}."),
    m.PinWeak: N_("A PIN has 6 digits, not all alike and not in a row. Choose another."),
    m.AnswerWrong: N_("This answer does not fit. Read all out again. Tries left: {tries_left}."),
    m.NumberNotWhole: N_("Type the whole number as it is read out, like 2214-2-004187."),
    m.ChallengeWrong: N_("What is read out has 6 digits; there are {digits}. Listen again."),
    m.PasswordCommon: N_("This password is too short, or everybody guesses it. Choose another."),
    m.AgentReceiptTooLarge: N_("An agent takes at most {limit} on one receipt. The cashier takes more."),
    m.AgentDayFull: N_("An agent takes at most {limit} on one day; this would be more. Call the cashier."),
    m.DrawerNotYours: N_("This drawer belongs to someone else. Only its cashier can do this."),
    r.DrawerMissing: N_("No drawer is open. Sign in again to open one, then take money."),
    r.DrawerNotCounted: N_("The drawer of {day} is not counted. Count it with F8, then sign in again."),
    r.DiskFull: N_("The disk is almost full: {free_mb} MB free. No money can be taken; make room first."),
    r.DiskFailed: N_("The disk did not answer. Nothing was recorded; try again, or tell the office."),
    r.AlreadyRunning: N_(
        "These records are open already. Use the window that is there, or wait until the command is done."
    ),
    r.StoreDamaged: N_(
        "The records do not pass their check ({what}). Nothing is changed. "
        "The journal can still be checked and exported: counter-app verify, counter-app export-journal. "
        "Tell the office in charge."
    ),
    r.StoreBehind: N_(
        "The records stand at receipt {receipt} and complaint {complaint}. "
        "The second file knows receipt {known_receipt} and complaint {known_complaint}. "
        "Older or other data was put back, or the end is missing. Nothing is changed. "
        "The journal can still be checked and exported: counter-app verify, counter-app export-journal. "
        "Tell the office in charge."
    ),
    r.StoreNewer: N_("These records belong to a newer program. Install the newer one."),
    r.StoreTooOld: N_("A library on this PC is too old to be safe. Install the program again."),
    r.KeyMissing: N_("The key of the records is not here. Nothing is lost; call for help."),
    r.KeyringMissing: N_(
        "No keyring of this system opens; nothing is lost. "
        "Install one (gnome-keyring), sign in to the desktop with a password, then try again."
    ),
    r.KeyNotFitting: N_("The records do not open with their key: damaged, or another PC's. Put back a copy."),
    r.OfficeMissing: N_(
        "No office is set up on this PC yet. Type counter-app setup FILE; counter-app demo shows one."
    ),
    r.DemoKeyRefused: N_("This folder belongs to another kind of office. Choose another folder."),
    r.OutcomeUnknown: N_("The disk stopped while recording. Take no money again; start the program anew."),
    r.ClockBehind: N_(
        "The clock is {by} slow. Set it right; or the supervisor decides, by the word clock on Home."
    ),
    m.ClockDoubted: N_(
        "The clock is {by} off. Before money is taken the supervisor decides, by the word clock on Home."
    ),
    r.PrinterMissing: N_("Printer not found. The work is recorded; check the cable and print again."),
    r.PrintFailed: N_(
        "The printer did not take it. The work is recorded; print it again: receipt F7, slip F6."
    ),
    r.TrialsMissed: N_(
        "No test page here: {printers}. The others went here: {others}. Ins in a row of its own says why."
    ),
    r.NoPaper: N_("The printer has no paper. Put some in, then print again: receipt F7, slip F6."),
    r.PrinterStopped: N_(
        "The printer is open or has stopped. Look at it, then print again: receipt F7, slip F6."
    ),
    m.MoneyLineWrong: N_(
        "The paper would show another amount than was recorded, so it was not printed. "
        "The money is recorded; do not take it again. The paper stays to be printed."
    ),
    r.PaperTooWide: N_("This page is too wide for a receipt printer. F1 chooses another printer for it."),
    m.NobodyLeft: N_("Everybody here has paid. Tomorrow there are others to practise with."),
    r.TooFarMoved: N_("Move the printing by {most} mm at most. A form that is further off is another form."),
    r.PaperFailed: N_(
        "The page could not be made. The work is recorded; print it again: receipt F7, slip F6."
    ),
    r.FileThere: N_("{name} is there already. Nothing was written; choose another name."),
    r.FileUnwritable: N_("{name} cannot be written. Look at the folder and its free space."),
    r.FileUnreadable: N_("{name} cannot be read. Look at the name and the disk."),
    c.DatabaseUrlWrong: N_("This is no database address. Type postgresql://… or sqlite:///path."),
    c.DatabaseSilent: N_(
        "The database does not answer: {database}. Look whether it runs and may be entered."
    ),
    c.CentreMissing: N_(
        "There is no central store here: {database}. Make one with counter-app central init."
    ),
    c.CentreThere: N_("There is a central store here already: {database}. Nothing is changed."),
    c.CentreOlder: N_(
        "This central store belongs to an older program: {database}. Make a new one in an empty database."
    ),
    c.CentreBehind: N_(
        "This central store belongs to an older program: {database}. Back it up, end all gateways, and carry"
        " out central upgrade."
    ),
    c.CentreNewer: N_("This central store belongs to a newer program: {database}. Install the newer one."),
    c.OfficeCodeWrong: N_("An office code has 1 to 12 digits or capital letters. Look at it again."),
    c.CounterNumberWrong: N_("Counters are numbered from 1 to {most}. Look at the number again."),
    c.CounterTaken: N_(
        "Counter {counter} of office {office} is enrolled already, as {device}. Revoke that one first."
    ),
    c.OfficeUnknown: N_("The centre knows of no office {office}. Nothing is changed."),
    c.DeviceNotEnrolled: N_("No counter with this identity is enrolled here. Nothing is changed."),
    c.BackupIsStore: N_("{database} is the central store itself. Name a backup that was put back elsewhere."),
    c.HeldUnknown: N_("{typed} does not lead to one held entry. Take the hash as central held shows it."),
    c.CompanyKeyThere: N_("This central store has its company key already. Nothing is changed."),
    c.CompanyKeyOther: N_("{name} is not the company key of this central store. Nothing is changed."),
    c.RuleFileUnfit: N_("{name} cannot be a rule file: {why}. Nothing is changed."),
    c.PersonCodeWrong: N_("A code to sign in with has letters and digits only, at most 32. Type it again."),
    c.PersonNameMissing: N_("The name is missing. Give it in Hindi, in English, or both."),
    c.MessageFileUnfit: N_("{name} does not say who sends messages: {why}. Nothing is sent."),
    c.OfficeFileUnfit: N_("{name} does not describe an office: {why}. Nothing is changed."),
    c.ChannelSealOther: N_("{name} is not the seal of this central store's channels. Nothing is changed."),
    c.ChannelKeyMissing: N_("No channel has this key. Take its identity as central channels shows it."),
    c.KeyNotGood: N_("This key is not good here. Send the channel's own key as a bearer token."),
    c.KeyElsewhere: N_("This key belongs to another channel. Use the path of the channel it is for."),
    c.ChannelsClosed: N_("Channels are closed here now. Nothing is recorded; try again later."),
    c.TooManyRequests: N_("Too many requests. Nothing is recorded; try again in {seconds} seconds."),
    c.RequestUnfit: N_("The request is not as described. Nothing is recorded; look at the fields named."),
    c.RequestKeyUsed: N_("Another request came under this key. Nothing is recorded; draw a new key for it."),
    c.OfficeNotOpen: N_("Office {office} is not open to this channel. Nothing is recorded."),
    c.ConsumerNotProven: N_(
        "Number and proof do not fit. Ask for the registered mobile, the meter or a bill number."
    ),
    c.PaymentReported: N_("This payment was reported already: receipt {number}. Nothing is recorded twice."),
    c.PaymentAtCounter: N_("A counter gave receipt {number} for this payment. Nothing is recorded twice."),
    c.PaidInFuture: N_("The time of the payment cannot be right. Nothing is recorded; look at it again."),
    c.PortTaken: N_("Another program uses port {port}. Choose another port."),
    r.DayUnreadable: N_("This is no date like 12/03/2026."),
    r.MonthUnreadable: N_("This is no month like FEB-2026."),
    r.RupeesUnreadable: N_("This is no amount like 1,234.50."),
    r.CentreAddressWrong: N_(
        "This is no address of a centre. It begins with https:// and ends with the name."
    ),
    r.CertificateUnreadable: N_("There is no certificate in this file. Take the file the centre gave out."),
    r.CodeUnreadable: N_("This is no code of a receipt. Scan it again, or type the number below it."),
    r.CodeNotGood: N_("This code is not good, or was used already. Ask the centre for a new one."),
    r.CentreSilent: N_("The centre does not answer. Look at the line, then try again; nothing is lost."),
    r.CentreStrange: N_("Something else answers in the place of the centre. Look at address and line."),
    r.EnrolledOtherwise: N_(
        "This code is for office {office}, counter {counter}. Ask for one for this counter."
    ),
    r.NotEnrolled: N_("This counter is not enrolled at a centre yet. Everything is kept here."),
} | ABOUT_FILES


def sentence(refusal: r.Refused, language: Language) -> Both:
    """What the clerk reads; a refusal without facts has a sentence without gaps."""
    text = SENTENCES[type(refusal)]
    lead, second = both(text, language, **_facts(refusal, language))
    return Both(lead, say(text, Language.ENGLISH, **_facts(refusal, Language.ENGLISH)) if second else "")


def _facts(refusal: r.Refused, language: Language) -> dict[str, object]:
    facts: dict[str, object] = {}
    counted = isinstance(refusal, r.TextTooLong)
    for fact in refusal.facts:
        value = getattr(refusal, fact)
        if isinstance(value, date):
            facts[fact] = day(value)
        elif isinstance(value, timedelta):
            facts[fact] = age(value, language)
        elif fact == "channel":
            facts[fact] = channel(value, language).lead
        elif fact in _MONEY and not counted:
            facts[fact] = rupees(value)
        else:
            facts[f"{fact}_count" if counted and fact == "limit" else fact] = value
    return facts
