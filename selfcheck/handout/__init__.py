"""What a person carries away: an assessment as words, and those words in several forms."""
