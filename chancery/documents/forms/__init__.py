"""The shape of what is typed about documents, one noun a file."""
