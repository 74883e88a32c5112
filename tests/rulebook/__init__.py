"""Tests of the rules file and its language."""
