"""The demo office: an invented zone made at run time, the same for the same seed and day.

Its history at this counter is made by calling the desk with past times, so it is made of real entries.
"""

from counter_app.demo.make import make, numbers
from counter_app.demo.staff import CASHIER, PASSWORD
from counter_app.demo.walk import headless

__all__ = ["CASHIER", "PASSWORD", "headless", "make", "numbers"]
