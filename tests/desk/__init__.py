"""The desk over a real store: a dozen consumers, six people, every button."""
