"""What may happen to decisions, one noun a file."""
