"""The rules of the trade: standard library only; no clock, no I/O, no sentences for people."""
