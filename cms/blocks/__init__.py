"""The StreamField blocks that editors compose pages from. Knows entries, never a page type."""
