"""The counter's own store: the only SQL on a counter, and the one place that commits."""
