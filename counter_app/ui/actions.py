"""The commands of the counter in one table: key, text, and the right they need."""

from PySide6.QtCore import Qt

from counter_app.domain.people import Right
from counter_app.domain.value import value
from counter_app.words.say import N_, Both, Language, both


@value
class Action:
    """A command. ``page`` is the page it opens, for what ``typed`` says; empty: the window does it itself.

    ``text`` and ``long`` (its accessible name) are English msgids; ``said`` are further words that lead to it
    from the search box. ``cap`` is empty where it has no key.
    """

    name: str
    key: Qt.Key
    cap: str
    text: str
    long: str
    page: str = ""
    right: Right | None = None
    said: tuple[str, ...] = ()
    typed: str = ""


ACTIONS: tuple[Action, ...] = (
    Action("help", Qt.Key.Key_F1, "F1", N_("Help"), N_("Help for this page"), "help", said=("मदद",)),
    Action("find", Qt.Key.Key_F2, "F2", N_("Find"), N_("Find a consumer"), "", Right.SEE_CONSUMERS),
    Action(
        "complaint",
        Qt.Key.Key_F3,
        "F3",
        N_("Complaint"),
        N_("Register a complaint"),
        "complaint",
        Right.REGISTER_COMPLAINT,
        said=("new complaint", "register complaint", "complain", "नई शिकायत"),
    ),
    Action(
        "pay",
        Qt.Key.Key_F4,
        "F4",
        N_("Pay"),
        N_("Take a payment"),
        "pay",
        Right.TAKE_PAYMENT,
        said=("payment", "take payment", "पेमेंट", "जमा", "पैसे जमा"),
    ),
    Action(
        "bill",
        Qt.Key.Key_F5,
        "F5",
        N_("Bill"),
        N_("Print the bill"),
        "bill",
        Right.PRINT_COPY,
        said=("print bill", "bill print", "बिल प्रिंट", "बिल निकालें"),
    ),
    Action(
        "status",
        Qt.Key.Key_F6,
        "F6",
        N_("Status"),
        N_("Where a complaint stands"),
        "status",
        Right.SEE_CONSUMERS,
        said=("complaint status", "शिकायत की स्थिति"),
    ),
    Action(
        "receipts",
        Qt.Key.Key_F7,
        "F7",
        N_("Receipts"),
        N_("Today's receipts"),
        "receipts",
        Right.SEE_RECEIPTS,
        said=("receipt", "रसीद"),
    ),
    Action(
        "day_end",
        Qt.Key.Key_F8,
        "F8",
        N_("Day end"),
        N_("Count the drawer and end the day"),
        "day_end",
        Right.TAKE_PAYMENT,
        said=("dayend", "count", "हिसाब", "गिनती", "सील"),
    ),
    Action("hold", Qt.Key.Key_F9, "F9", N_("Hold"), N_("Hold this work for later")),
    Action(
        "language",
        Qt.Key.Key_F11,
        "F11",
        N_("Language"),
        N_("Change the language"),
        said=("english", "hindi", "हिंदी", "अंग्रेज़ी"),
    ),
    Action("lock", Qt.Key.Key_F12, "F12", N_("Lock"), N_("Lock the counter")),
)

BY_KEY: dict[int, Action] = {action.key: action for action in ACTIONS}
# What has no key is found by its words.
SYNC = Action(
    "sync",
    Qt.Key.Key_unknown,
    "",
    N_("Line to the centre"),
    N_("Line to the centre: what is unsent, what is held"),
    "sync",
    said=("sync", "link", "centre", "center", "enrol", "held", "केंद्र", "केन्द्र", "संपर्क", "भेजना बाकी", "रुकी"),
)
BANK = Action(
    "bank",
    Qt.Key.Key_unknown,
    "",
    N_("Bank statement"),
    N_("Bank statement: confirm what waits for the bank"),
    "bank",
    Right.RECONCILE,
    said=("bank", "statement", "pending", "reconcile", "cheque", "बैंक", "मिलान", "स्टेटमेंट"),
)
BOOKS = Action(
    "books",
    Qt.Key.Key_unknown,
    "",
    N_("Books"),
    N_("Books: day book, cashier-wise, tender-wise, head-wise"),
    "books",
    Right.SEE_BOOKS,
    said=(
        "book",
        "day book",
        "daybook",
        "report",
        "cashier wise",
        "agents",
        "outstanding",
        "बही",
        "दैनिक बही",
        "रिपोर्ट",
        "एजेंट",
    ),
)
CLOCK = Action(
    "clock", Qt.Key.Key_unknown, "", N_("Clock"),
    N_("The PC's clock: what stands against it, what is decided"), "clock",
    said=("time", "date", "samay", "समय", "तारीख"),
)  # fmt: skip
ANSWER = Action(
    "answer",
    Qt.Key.Key_unknown,
    "",
    N_("Give a code"),
    N_("Agree over the telephone: give a code"),
    "answer",
    Right.APPROVE,
    said=("code", "telephone", "phone", "approve", "answer", "कोड", "टेलीफोन", "फोन", "सहमति"),
)
PIN = Action(
    "pin",
    Qt.Key.Key_unknown,
    "",
    N_("PIN"),
    N_("Set your PIN"),
    "pin",
    Right.SET_PIN,
    said=("set pin", "पिन"),
)


def _of_drawer(name: str, text: str, long: str, page: str, said: tuple[str, ...], typed: str = "") -> Action:
    return Action(name, Qt.Key.Key_unknown, "", text, long, page, Right.TAKE_PAYMENT, said, typed)


DRAWER = _of_drawer(
    "drawer", N_("Drawer"), N_("The drawer and its cash"), "drawer", ("cash", "galla", "रोकड़", "कैश")
)
# What can be done with the drawer, in the order of its page, each with its icon.
_WAYS = {
    _of_drawer(
        "open_drawer", N_("Open with a float"), N_("Open the drawer with a float"), "drawer_open",
        ("float", "open drawer", "opening", "छुट्टा", "शुरुआती राशि"),
    ): "drawer",
    _of_drawer(
        "cash_move", N_("Cash in or out"), N_("Cash in or out without a receipt"), "cash_move",
        ("cash in", "cash out", "नकद आया", "नकद निकाला"),
    ): "cash",
    _of_drawer(
        "unlock", N_("No sale"), N_("Open the drawer without a receipt"), "unlock",
        ("no-sale", "unlock", "बिना रसीद"),
    ): "reopen",
    _of_drawer(
        "take_over", N_("Take cash over"), N_("Take over a colleague's cash"), "handover",
        ("take over", "handover", "accept", "हस्तांतरण", "चार्ज लेना"),
    ): "people",
    _of_drawer(
        "hand_over", N_("Hand over"), N_("Count, close and hand the cash over"), "day_end",
        ("hand cash over", "चार्ज देना"), "hand over",
    ): "person",
    _of_drawer(
        "lunch", N_("Lunch"), N_("Count and close for lunch; all stays here"), "day_end",
        ("relief", "break", "लंच", "विराम"), "lunch",
    ): "clock",
    _of_drawer(
        "drawer_papers", N_("Z reports and slips"), N_("Z reports and slips, printed again"), "drawer_papers",
        ("z report", "z-report", "slips", "day report", "जेड रिपोर्ट", "पर्चियाँ"),
    ): "receipt",
    _of_drawer(
        "deposit", N_("Deposit"), N_("Note a deposit at the bank"), "deposit",
        ("pay-in slip", "जमा पर्ची", "बैंक में जमा"),
    ): "bill",
}  # fmt: skip
DRAWER_ACTIONS: dict[str, str] = {action.name: icon for action, icon in _WAYS.items()}
# Each move of cash is found by its own words as well.
_MOVES = (
    _of_drawer(
        "change", N_("Change"), N_("Change from the head cashier comes in"), "cash_move",
        ("small money", "छुट्टे", "खुल्ले"), "change"
    ),
    _of_drawer(
        "drop", N_("Drop"), N_("Cash goes to the head cashier"), "cash_move",
        ("head cashier", "मुख्य कैशियर", "मुख्य कैशियर को नकद"), "drop"
    ),
)  # fmt: skip
LEFT_DRAWERS = Action(
    "left_drawers",
    Qt.Key.Key_unknown,
    "",
    N_("Drawers left"),
    N_("Count the drawer of somebody who is gone"),
    "left_drawers",
    Right.APPROVE,
    said=("left drawer", "left drawers", "छूटा गल्ला", "छूटे गल्ले"),
)
TASKS = Action(
    "tasks",
    Qt.Key.Key_unknown,
    "",
    N_("Waiting work"),
    N_("Waiting work: reconnections, surcharge to waive, refunds"),
    "tasks",
    Right.END_TASK,
    said=("tasks", "reconnect", "waiver", "refund", "बाकी काम", "पुनः संयोजन", "अधिभार माफ़ी", "वापसी"),
)
CHARGES = Action(
    "charges",
    Qt.Key.Key_unknown,
    "",
    N_("Money without a number"),
    N_("Take money from somebody without a connection: registration, deposit"),
    "pay",
    Right.TAKE_PAYMENT,
    said=("registration", "new connection", "charges", "fee", "पंजीयन", "नया कनेक्शन", "शुल्क"),
)
REQUEST = Action(
    "request",
    Qt.Key.Key_unknown,
    "",
    N_("Request"),
    N_("Request: reading, mobile, change of the connection, new connection"),
    "request",
    Right.REGISTER_COMPLAINT,
    said=(
        "requests", "reading", "mobile number", "name change", "load change", "reconnection", "paperless",
        "अनुरोध", "आवेदन", "रीडिंग", "मोबाइल", "नाम परिवर्तन", "भार परिवर्तन", "नामांतरण"
    ),
)  # fmt: skip
BOARD = Action(
    "board",
    Qt.Key.Key_unknown,
    "",
    N_("Board"),
    N_("Board: what is open, by urgency and by line"),
    "board",
    Right.SEE_BOARD,
    said=("feeder", "open complaints", "overdue", "बोर्ड", "फीडर", "खुली शिकायतें"),
)
REGISTERS = Action(
    "registers",
    Qt.Key.Key_unknown,
    "",
    N_("Registers"),
    N_("Registers: complaints, service standard, who was served first"),
    "registers",
    Right.SEE_BOOKS,
    said=(
        "register", "complaint register", "service standard", "monthly report", "पंजी", "मानक", "शिकायत पंजी"
    ),
)  # fmt: skip
ROSTER = Action(
    "roster",
    Qt.Key.Key_unknown,
    "",
    N_("Officers"),
    N_("Officers: who is on duty, telephone numbers"),
    "roster",
    Right.SEE_CONSUMERS,
    said=(
        "roster",
        "duty",
        "on duty",
        "officer",
        "telephone",
        "je",
        "अधिकारी",
        "ड्यूटी",
        "ड्यूटी सूची",
        "फोन नंबर",
    ),
)
PRIORITY = Action(
    "priority",
    Qt.Key.Key_unknown,
    "",
    N_("Served first"),
    N_("Served first: senior citizen, woman, disabled person"),
    "priority",
    Right.REGISTER_COMPLAINT,
    said=(
        "priority", "senior citizen", "senior", "disabled", "woman", "queue",
        "प्राथमिकता", "वरिष्ठ", "दिव्यांग", "महिला"
    ),
)  # fmt: skip
PRINTERS = Action(
    "printers", Qt.Key.Key_unknown, "", N_("Printers"), N_("Printers: where each kind of paper goes"),
    "printers", Right.CHOOSE_PRINTERS, said=("printer", "choose printer", "प्रिंटर"),
)  # fmt: skip
BACKUPS = Action(
    "backups",
    Qt.Key.Key_unknown,
    "",
    N_("Backups"),
    N_("Backups: where copies go, one at once, the recovery code"),
    "backups",
    Right.BACK_UP,
    said=("backup", "copy of the data", "pen drive", "बैकअप", "प्रतिलिपि", "पेन ड्राइव"),
)
FIRST_STEPS = Action(
    "first_steps", Qt.Key.Key_unknown, "", N_("First steps"),
    N_("First steps: printers, places for copies, who works here"), "first_steps", Right.CHOOSE_PLACES,
    said=("first steps", "setup", "set up", "पहले कदम"),
)  # fmt: skip
ABOUT = Action(
    "about",
    Qt.Key.Key_unknown,
    "",
    N_("About this counter"),
    N_("About this counter: rules in force, versions, who works here"),
    "about",
    Right.SEE_RULES,
    said=(
        "about", "version", "rules", "rules in force", "tariff", "who works here",
        "संस्करण", "नियम", "लागू नियम", "टैरिफ"
    ),
)  # fmt: skip
PEOPLE = Action(
    "people", Qt.Key.Key_unknown, "", N_("People"), N_("People: who signs in here, passwords, roles"),
    "people", Right.NAME_PEOPLE,
    said=("people", "user", "users", "staff", "password", "लोग", "कर्मचारी", "पासवर्ड"),
)  # fmt: skip
MANY_BILLS = Action(
    "many_bills", Qt.Key.Key_unknown, "", N_("Many bills"),
    N_("Many bills: of a feeder, a DTR or the whole office"), "many_bills", Right.PRINT_MANY,
    said=("all bills", "print bills", "bulk bills", "थोक बिल", "सब बिल", "बिल बाँटना"),
)  # fmt: skip
LARGE_PRINT = Action(
    "large_print", Qt.Key.Key_unknown, "", N_("Large print"),
    N_("Large print: everything larger, or in the usual size again"),
    said=("large", "larger", "zoom", "font", "font size", "बड़ा", "बड़े अक्षर"),
)  # fmt: skip
DRILL = Action(
    "drill", Qt.Key.Key_unknown, "", N_("Practise"),
    N_("Practise on an invented zone: keys and seconds are counted"), "drill",
    said=("drill", "practice", "training", "learn", "अभ्यास", "प्रशिक्षण", "सीखें"),
)  # fmt: skip
DOUBT = Action(
    "recovery", Qt.Key.Key_unknown, "", N_("Papers in doubt"),
    N_("Papers in doubt: say what came out of the printer"), "recovery", Right.PRINT_COPY,
    said=("paper", "papers", "doubt", "कागज़", "छपाई"),
)  # fmt: skip
WITHOUT_KEY = (
    SYNC, TASKS, CHARGES, REQUEST, BOARD, REGISTERS, ROSTER, PRIORITY, BANK, BOOKS, CLOCK, ANSWER, PIN,
    PRINTERS, BACKUPS, FIRST_STEPS, ABOUT, PEOPLE, MANY_BILLS, LARGE_PRINT, DRILL, DOUBT, DRAWER,
    *_WAYS, *_MOVES, LEFT_DRAWERS,
)  # fmt: skip
BY_NAME: dict[str, Action] = {action.name: action for action in (*ACTIONS, *WITHOUT_KEY)}


def label(action: Action, language: Language) -> Both:
    """The short words on the key bar."""
    return both(action.text, language)


def accessible_name(action: Action, language: Language) -> str:
    """What a screen reader says."""
    return f"{action.cap} {both(action.long, language).lead}".strip()
