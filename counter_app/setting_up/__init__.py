"""A counter is set up: by the command ``setup``, or in the window that found no records."""
