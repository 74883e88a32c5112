"""What is proved of a rulebook, one module per kind of statement."""
