"""What makes the content of a questionnaire poor, beyond what makes it impossible to score."""
