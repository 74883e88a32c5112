"""The parts of a rules file, one frozen class per table."""
