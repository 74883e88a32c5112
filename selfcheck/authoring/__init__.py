"""Tools for those who write rules: what a change of the rules changes, and for whom."""
