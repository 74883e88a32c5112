"""Benchmarks beside peers, in one run: ``python -m bench`` in a checkout. See ``docs/benchmarks.md``."""
