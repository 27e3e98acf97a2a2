"""What write-ups are made of, apart from their tables: facets, figures, blocks, words, versions, citations."""
