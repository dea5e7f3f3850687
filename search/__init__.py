"""One search over everything: documents, words, promotions, suggestions.

Apps that hold something to be found register a source. Search knows what a source tells it, and nobody imports search.
"""
