"""Pages of documents: the public ones, the editor, the negotiation."""
