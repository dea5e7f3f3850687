"""Places of the real world: gazetteer, boundaries, distance and containment on SQLite and PostGIS alike."""
