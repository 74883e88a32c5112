"""Counted journeys: how many pages and taps people need. ``python -m tests.journeys`` prints the table."""
