"""Counter and centre: the room that moves the protocol's bytes. What is said is decided in ``wire``."""
