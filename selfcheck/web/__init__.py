"""The questionnaire on the web."""
