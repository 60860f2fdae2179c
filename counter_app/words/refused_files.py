"""The sentences of refusals that are about files, copies of the data, and setting a counter up."""

from counter_app.domain import backup_refusals as b
from counter_app.domain import file_refusals as f
from counter_app.domain import setup_refusals as s
from counter_app.domain.refusals import Refused
from counter_app.words.say import N_

ABOUT_FILES: dict[type[Refused], str] = {
    s.SetUpFileUnfit: N_("{name} cannot set up a counter: {why}. Nothing is made."),
    s.SetUpFileBroken: N_("{name} is not as the central office wrote it. Nothing is made; copy it again."),
    s.SetUpFileForeign: N_(
        "The company key of {name} is not the one of the letter. Nothing is made; ask the central office."
    ),
    s.FingerprintMissing: N_(
        "Compare this key with the letter of the central office: {fingerprint}. Then type it: --key."
    ),
    s.SetUpFileOld: N_(
        "{name} was good until {until}. Nothing is made; ask the central office for a new one."
    ),
    s.SetUpOfficeMissing: N_("{name} does not say this office: {office}. Nothing is made; look at its code."),
    s.LocationWrong: N_("A location code has 7 digits; there are {digits}."),
    s.CentreNotNamed: N_("{name} does not say where the centre answers. Add the table [centre]."),
    s.OfficeThere: N_("An office is set up here already. Nothing is changed."),
    s.RecordsLost: N_(
        "A counter was here before, and its records are gone. Put a copy back: counter-app restore. "
        "Without any copy set it up anew, with a code of the centre."
    ),
    s.NumbersUnsaid: N_(
        "The centre did not say this counter's numbers. Type those of the last papers, the receipt's "
        "at least (000000: none yet); or say that it never gave one out. The command: --paper, --new."
    ),
    s.NobodySignsIn: N_(
        "Nobody could sign in: no person is named. The centre was not heard. Nothing is made; try again."
    ),
    s.CentreNamesPeople: N_("The centre says who works here. Ask there; it comes by the line."),
    s.PersonCodeTaken: N_("{code} signs in here already. Choose another code."),
    s.PersonCodeAnothers: N_("{code} was the code of {name}. Choose another, or type a name as it was."),
    s.PersonCodeFree: N_("Nobody signs in here under {code}. Choose again."),
    s.OwnAccess: N_("Your own access is ended by another administrator."),
    f.BillsNone: N_("There is no bill of this line here. Nothing is printed."),
    f.FolderUnnamed: N_("Name the whole path of a folder, from the drive on; or choose it with *."),
    f.BillsNotMade: N_("The next bundle could not be made. What is made stays; restart the PC, then go on."),
    f.BillsStopped: N_("Stopped. The bundles that are made stay."),
    f.TrainingOnFiles: N_("In training papers go to files, never to a printer."),
    b.BackupPlacesMissing: N_("No place for copies is chosen yet. The administrator does: backup on Home."),
    b.BackupPlacesAlike: N_("Choose two different folders outside the data folder. Nothing is changed."),
    b.BackupPlaceMissing: N_("The folder for copies is not there: {place}. Plug the drive in; work goes on."),
    b.BackupPlaceFull: N_(
        "No room for a copy in {place}: {free_mb} MB free. Make room; what was copied before is still there."
    ),
    b.BackupStopped: N_("The copy was stopped. What was copied before is still there."),
    b.BackupPlaceFailed: N_(
        "{place} takes no copy. Look at the drive; what was copied before is still there."
    ),
    b.BackupUnsound: N_(
        "The copy in {place} did not pass its check and was taken away. Use another drive; work goes on."
    ),
    b.BackupUnreadable: N_("{name} is no copy of a counter's data, or is damaged. Take another copy."),
    b.BackupsNone: N_("No copy of a counter's data lies in {place}. Choose the folder in which they are."),
    b.BackupsOfSeveral: N_(
        "Copies of several counters lie in {place}: {counters}. Name the file of this one."
    ),
    b.BackupForeign: N_("{name} is a copy of another counter. Nothing is changed; take this counter's."),
    b.RecordsWhole: N_("The records here are whole. Nothing older is put in their place."),
    b.RecoveryCodeWrong: N_("This recovery code opens nothing here. Look at the sheet and type it again."),
    b.RecoveryKeysMissing: N_(
        "The key of {name} is not on this PC. No sealed keys lie beside it. Bring both from the place."
    ),
    b.NumbersUnsure: N_(
        "Nobody can tell which numbers were given out since this copy. "
        "Type those of the last papers, as --paper 2214-2-004187 does."
    ),
    f.FileEmpty: N_("{name} is empty. Nothing is taken; ask for the file again."),
    f.FileWebPage: N_("{name} is a web page, not a table. Nothing is taken; save the file itself."),
    f.FilePdf: N_("{name} is a PDF, not a table. Nothing is taken; ask for CSV or XLSX."),
    f.FileOldExcel: N_("{name} is an old Excel file. Nothing is taken; save it as XLSX or CSV."),
    f.FileNoTable: N_("{name} is neither CSV nor XLSX. Nothing is taken; ask for the file again."),
    f.ParcelBroken: N_("{name} is not as it was written. Nothing is changed; copy it again."),
    f.ParcelForeign: N_("{name} is for another counter or of another company. Nothing is changed."),
    f.ParcelOld: N_("{name} brings nothing new: it was read, or a newer one was written. Nothing changes."),
    f.CompanyKeyMissing: N_("The centre had no company key when this counter was enrolled. Enrol it anew."),
    f.FileCutShort: N_("{name} is cut short. Nothing is taken; copy the whole file again."),
    f.FileNulBytes: N_("{name} has empty bytes inside. Nothing is taken; copy the file again."),
    f.FileEncoding: N_("{name}, line {line}: not UTF-8. Nothing is taken; save it as CSV UTF-8."),
    f.FileTooLarge: N_("{name} is larger than {megabytes} MB. Nothing is taken; split the file."),
    f.FileSwells: N_("{name} unpacks into far too much. Nothing is taken; do not open this file."),
    f.FileTooWide: N_("{name} has more than {columns} columns. Nothing is taken; look at the file."),
    f.FileTooLong: N_("{name} has more than {rows} rows. Nothing is taken; split the file."),
    f.StatementColumns: N_("The headings of {name} do not tell: {columns}. Nothing is taken; add them."),
    f.ColumnsMissing: N_("{name} lacks columns: {columns}. Nothing is taken; --columns can name them."),
    f.ColumnTwice: N_("{name} has the column {column} twice. Nothing is taken; keep one of them."),
    f.ColumnMapWrong: N_("{name} does not fit at {key}. Nothing is taken; see docs/import.md."),
    f.SerialUnreadable: N_("{number} is no number of this counter. Nothing is written; look at it again."),
    f.SerialUnknown: N_("{number} is not in this counter's book. Nothing is written; look at it again."),
    f.SerialTwice: N_(
        "{number}: there is a number of this kind already. Nothing is written; give one of each."
    ),
    f.DaysTurned: N_("{first} stands after {last}. Nothing is written; turn the two days round."),
    f.FolderMissing: N_("There is no folder {name}. Nothing is done; make it, or name another."),
    f.CellMissing: N_("This cell is empty."),
    f.RowBroken: N_("The quotation marks do not fit."),
    f.RowTooLong: N_("The row is longer than {limit_count} letters."),
    f.RowTooWide: N_("The row has {cells} cells for {columns} columns."),
    f.MomentUnreadable: N_("This is no day and time like 12/03/2026 10:00."),
    f.UntilBeforeSince: N_("It ends before it begins."),
    f.CountUnreadable: N_("This is no whole number."),
    f.CountOutside: N_("Only a number from {least} to {most} can stand here."),
    f.RupeesBelowZero: N_("This amount cannot be below zero."),
    f.PowerFactorUnreadable: N_("This is no power factor like 0.95 or 95."),
    f.BillTooOld: N_("This bill is older than the {months} months that are kept."),
    f.WordUnknown: N_("Known here are only: {known}."),
    f.NameMissing: N_("The name is missing."),
    f.BillDoesNotAdd: N_("The lines make {charged}, the net bill is {amount}."),
    f.DueBeforeIssue: N_("The due date stands before the bill date."),
    f.MonthAfterIssue: N_("The bill month lies after the bill date."),
    f.ReadingsTurned: N_("The current reading's day stands before that of the previous one."),
    f.DayToCome: N_("This day has not come yet."),
}
