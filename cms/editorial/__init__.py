"""Working together in the admin: groups, workflow, settings, reports, the admin home."""
