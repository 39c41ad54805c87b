"""Reading decisions, silence and what is owed, one noun a file."""
