"""The conditions of the rules in other languages, for engines that know only true and false."""
