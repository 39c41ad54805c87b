"""Files that people bring, read into blocks: Word, Markdown, plain text. `files.read` is the door.

A reader of a format makes *pieces* (what stands in the file); `order` makes the blocks of them (what they are)."""
