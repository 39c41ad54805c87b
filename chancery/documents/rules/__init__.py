"""The rules of documents: texts made of blocks, symbols, who may read, positions, languages beside each other."""
