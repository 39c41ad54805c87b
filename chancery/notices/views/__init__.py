"""What is shown of notices, and what is sent."""
