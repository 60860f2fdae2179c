"""The overview: a page on which the central office sees how all counters stand. It is only looked at."""
