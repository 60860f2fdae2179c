"""What Help says of each page: what to do there, in a sentence or two."""

from counter_app.words.say import N_

PAGE_HELP: dict[str, str] = {
    "home": N_(
        "Type what the consumer brings: a name, a number, a mobile, the last 4 of a meter. ↑ ↓ choose, "
        "Enter opens."
    ),
    "consumer": N_(
        "What is due stands largest; below it bills, meter and payments. F4 takes money, F3 a complaint, "
        "F5 shows the bill, * the other papers."
    ),
    "pay": N_(
        "Type what was given; the change stands in large figures. Enter in the last field records it and "
        "prints the receipt."
    ),
    "basket": N_(
        "Several numbers, one count of the cash, a receipt for each. - takes one out; Enter records all "
        "of them or none."
    ),
    "bill": N_(
        "The bill as it prints. * turns it into the other language, Enter prints a copy, F5 once more "
        "shows how it was made."
    ),
    "account": N_("A digit chooses the paper of this account and shows it; Enter prints it."),
    "complaint": N_(
        "Two digits choose the type, or type what people say for it. Enter goes through the fields; the "
        "last one records."
    ),
    "status": N_(
        "Type the complaint's last digits, a mobile or a name. Enter opens it; a digit moves it to its "
        "next step."
    ),
    "receipts": N_(
        "Today's receipts; type to find another one. Enter, then a reason, prints a numbered copy."
    ),
    "day_end": N_(
        "Enter goes from step to step. Count first: no amount of the day is shown before your count is fixed."
    ),
    "drawer": N_("A digit opens what is to be done with the drawer. No amount stands here."),
    "drawer_open": N_(
        "Count the float note by note; Enter goes from line to line and, behind the last one, opens the "
        "drawer."
    ),
    "cash_move": N_(
        "A digit says whether cash comes in or goes out; then how much, why, and who. A slip prints."
    ),
    "unlock": N_(
        "A digit says why the drawer is opened without a receipt, Enter records it. Each time is counted."
    ),
    "handover": N_(
        "Count what the closed drawer held; only your count goes in. What the giver counted is shown "
        "afterwards."
    ),
    "left_drawers": N_(
        "Drawers that were left open by people who take no money here any more. Enter counts the marked one."
    ),
    "drawer_papers": N_("Enter, then a reason, prints a Z report or a slip again. 4 notes the bank's stamp."),
    "deposit": N_("Choose the closing and write what the bank's stamp says, once."),
    "undo": N_(
        "A digit says why the receipt is wrong. Somebody with the right agrees here or by telephone, then "
        "Enter records it."
    ),
    "put_right": N_(
        "Say what is right: how the money came, or whose it is. A second person agrees before it is recorded."
    ),
    "recovery": N_("Look at the printer and say what came out. Everything else is safe already."),
    "sync": N_(
        "What is safe here and what still has to be sent. 1 tries at once, 3 and 4 go by pen drive; work "
        "goes on without the line too."
    ),
    "bank": N_(
        "1 takes the bank's statement. 2 and 3 say by hand what became of the marked payment, then Enter."
    ),
    "books": N_(
        "Type the days, choose the book by its digit. Totals stand in the last row; a digit takes it out "
        "as a file."
    ),
    "clock": N_(
        "What speaks against the PC's clock. A supervisor decides by a digit; complaints and papers go on "
        "until then."
    ),
    "answer": N_(
        "A digit says what is asked for; then type what the colleague reads out: number, amount, six "
        "digits. Read the answer back."
    ),
    "pin": N_("Your password, then a PIN of six digits twice. With it you agree at another counter."),
    "tasks": N_(
        "Work that waits because of receipts, such as a reconnection. Enter goes to the note; once more "
        "records that it is done."
    ),
    "request": N_(
        "Two digits choose what is asked for. Enter goes through the questions, digits tick the papers "
        "that you saw."
    ),
    "board": N_(
        "What is open, the most urgent first, by line and by day. Enter opens a complaint, or what hangs "
        "on a line."
    ),
    "registers": N_("What people came for: type the days, choose the register by its digit."),
    "priority": N_("One digit records that somebody was served before the queue. No name is kept."),
    "credited": N_(
        "Paid, but not shown: type the UTR, or day and amount. Enter looks; the page says what is known "
        "and what to do."
    ),
    "message": N_(
        "A text for the consumer. 1 and 2 copy it, 3 and 4 show a code for the office's phone. The "
        "counter itself sends nothing."
    ),
    "called": N_("Danger: telephone first, then say by a digit whom you have reached. Esc is later."),
    "roster": N_("Whom to telephone now, with their numbers."),
    "pictures": N_("The photos beside a complaint. ↑ ↓ choose, Ins brings another one."),
    "printers": N_(
        "↑ ↓ choose the kind of paper, a digit its printer. + and a digit: who prints when that one "
        "cannot. Ins tries it."
    ),
    "backups": N_(
        "1 makes copies at once, or stops them. 2 chooses the places; take two that are not on this PC's "
        "own disk."
    ),
    "about": N_(
        "The rules in force with their dates and sources, this counter, and who works here. Nothing is "
        "changed here."
    ),
    "drill": N_(
        "Choose a visitor by a digit; Enter lets them come. Keys and seconds are counted; nothing here is "
        "real."
    ),
}
"""By the page's name: every page from which F1 leads to Help."""
