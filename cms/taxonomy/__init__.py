"""What entries are sorted by: sectors, skills, organization types, project statuses; translatable snippets."""
