"""Where the bundled program begins."""

import multiprocessing
import sys

if __name__ == "__main__":
    # The process that makes papers begins here too, and goes no further.
    multiprocessing.freeze_support()

    from counter_app.__main__ import main

    sys.exit(main())
