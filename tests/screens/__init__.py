"""Tests of the window: real widgets, real keys, a real office."""
