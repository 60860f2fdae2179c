"""What Help says of each page: what to do there, in a sentence or two."""

from counter_app.words.say import N_

PAGE_HELP: dict[str, str] = {
    "home": N_(
        "Type what the consumer brings: a name, a number, a mobile, the last 4 of a meter. ↑ ↓ choose, Enter "
        "opens."
    ),
    "consumer": N_(
        "What is due stands largest; below it are bills, meter and payments. F4 takes money, F3 registers a "
        "complaint, F5 shows the bill, * the other papers. 3 shows mobile and address "
        "whole, and notes that you looked."
    ),
    "pay": N_(
        "Type what was given; the change stands in large figures. Enter in the last field records it and "
        "prints the receipt."
    ),
    "basket": N_(
        "Several numbers, one count of the cash, a receipt for each. - takes a number out; Enter records all "
        "of them or none."
    ),
    "bill": N_(
        "The bill as it will print. * switches the language, Enter prints a copy, F5 again shows how the "
        "bill was worked out."
    ),
    "account": N_("A digit chooses a paper about this account and shows it; Enter prints it."),
    "complaint": N_(
        "Two digits choose the type of complaint, or type it in the consumer's words. Enter moves from field "
        "to field; in the last one it records the complaint."
    ),
    "status": N_(
        "Type the complaint's last digits, a mobile or a name. Enter opens it; a digit moves it to its next "
        "step."
    ),
    "receipts": N_(
        "Today's receipts; type to find another one. Enter, then a reason, prints a numbered copy. "
        "Del cancels a wrong receipt or puts it right."
    ),
    "day_end": N_(
        "Enter goes from step to step. Count first: no amount of the day is shown before your count is fixed."
    ),
    "drawer": N_("A digit chooses what you want to do with the drawer. No amounts are shown here."),
    "drawer_open": N_(
        "Count the float note by note; Enter goes from line to line and, after the last one, opens the "
        "drawer."
    ),
    "cash_move": N_(
        "A digit says whether cash comes in or goes out; then how much, why, and who. A slip prints."
    ),
    "unlock": N_(
        "A digit says why the drawer is opened without a receipt; Enter records it. Every opening is counted."
    ),
    "handover": N_(
        "Count the cash of the closed drawer yourself. What your colleague had counted is shown afterwards."
    ),
    "left_drawers": N_(
        "Drawers left open by people who no longer take money here. Enter counts the marked one."
    ),
    "drawer_papers": N_(
        "Enter, then a reason, prints a Z report or a slip again. 4 records what the bank stamped."
    ),
    "deposit": N_("Choose the closed drawer and write what the bank's stamp says. This is done once."),
    "undo": N_(
        "A digit says why the receipt is wrong. Somebody who may agree does so here or by telephone; then "
        "Enter records it."
    ),
    "put_right": N_(
        "Say what is right: how the money was paid, or which consumer it belongs to. A second person agrees "
        "before it is recorded."
    ),
    "recovery": N_("Look at the printer and say what came out. Everything else is safe already."),
    "sync": N_(
        "What is safe here and what still has to be sent. 1 sends now, 3 and 4 use a pen drive; work also "
        "goes on without the line."
    ),
    "bank": N_(
        "1 reads the bank's statement from a file. 2 and 3 say by hand what became of the marked payment; "
        "Enter records it."
    ),
    "books": N_(
        "Type the dates and choose a book by its digit. Totals are in the last row; a digit saves the book "
        "as a file."
    ),
    "clock": N_(
        "Why the PC's clock is in doubt. A supervisor decides by a digit; until then complaints and papers "
        "go on."
    ),
    "answer": N_(
        "A digit says what you agree to; then type what your colleague reads out: number, amount, six "
        "digits. Read the answer back over the telephone."
    ),
    "pin": N_(
        "Type your password, then a six-digit PIN twice. With the PIN you unlock a counter and agree as "
        "second person, on days when you have signed in there."
    ),
    "tasks": N_(
        "Work that receipts have made necessary, such as a reconnection. Enter goes to the note; Enter again "
        "records that it is done."
    ),
    "request": N_(
        "Two digits choose what the consumer wants. Enter goes through the questions; digits tick the "
        "documents you have seen."
    ),
    "board": N_(
        "Open complaints, the most urgent first; also by line and by day. Enter opens a complaint, or what "
        "is on a line."
    ),
    "registers": N_("What people came for: type the dates, choose the register by its digit."),
    "priority": N_("One digit records that somebody was served ahead of the queue. No name is kept."),
    "credited": N_(
        "Paid, but not shown in the account: type the UTR, or the date and amount. Enter searches; the page "
        "says what is known and what to do."
    ),
    "message": N_(
        "A message for the consumer. 1 and 2 copy it, 3 and 4 show a code for the office's phone. The "
        "counter itself sends nothing."
    ),
    "called": N_("Danger: telephone first, then say by a digit whom you reached. Esc: later."),
    "roster": N_("Who is on duty now, and the number to call."),
    "pictures": N_("The photos of a complaint. ↑ ↓ choose, Ins adds another one."),
    "printers": N_(
        "↑ ↓ choose the kind of paper, a digit its printer. + and a digit: the printer used when that one "
        "cannot print. Ins prints a test page, in the first row one of each kind."
    ),
    "backups": N_(
        "1 makes copies now, or stops them. 2 chooses where they go; choose two places that are not on this "
        "PC's own disk."
    ),
    "first_steps": N_(
        "What a new counter still wants. Enter opens the marked step, Esc there comes back, and the next is "
        "marked; Esc here is later."
    ),
    "about": N_(
        "The rules in force with their dates and sources, this counter, and who works here. Nothing is "
        "changed here."
    ),
    "people": N_(
        "1 lets somebody in, 2 gives the marked person a new password, 3 ends their access. Your own "
        "password proves that it is you."
    ),
    "many_bills": N_(
        "Choose whose bills: type a line, ↑ ↓ choose, Enter. Then a digit says whether files or the printer, "
        "and in which language; Enter begins. 1 stops it."
    ),
    "drill": N_(
        "Choose a visitor by a digit; Enter calls them in. Keys and seconds are counted; nothing here is "
        "real."
    ),
}
"""By the page's name: every page from which F1 leads to Help."""
