"""A rulebook to what is proved of it over every answer set, or the fewest answers that break it."""
