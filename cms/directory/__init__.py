"""The index of all community pages: one Entry per translation group, one EntryText per language.

A read model: the pages are the truth, services keep this in step with them.
"""
