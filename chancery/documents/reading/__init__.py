"""Files that people bring, read into blocks: Word, Markdown, plain text."""
