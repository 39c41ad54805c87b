"""Reading documents and positions, one noun a file."""
