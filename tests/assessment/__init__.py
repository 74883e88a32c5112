"""Tests of what is worked out from answers."""
