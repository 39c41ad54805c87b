"""The shape of what is typed about decisions, one noun a file."""
