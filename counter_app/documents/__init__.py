"""Pages as data: receipts, slips and bills as draw lists, and their way into a PDF. No Qt, no SQL."""
