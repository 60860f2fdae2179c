"""Paper out: the painter for screen and Windows, the printers, and the process that makes PDFs."""
