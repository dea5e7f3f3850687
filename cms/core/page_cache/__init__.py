"""Whole pages for anonymous visitors, kept outside of everything else. docs/page-cache.md tells how."""
