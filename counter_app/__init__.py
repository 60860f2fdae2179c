"""The counter program for the walk-in window of an electricity zone or distribution centre."""

__version__ = "0.1.0"
