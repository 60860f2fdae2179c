"""Tests of the store, on real encrypted files."""
