"""What may happen to documents, one noun a file."""
