"""The read API of entries: what the lists and details of hubs, organizations, projects and stories have in common."""
