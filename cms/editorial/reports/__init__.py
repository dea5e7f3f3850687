"""Reports on what is missing or broken. Each shows what its reader may see, in a fixed number of queries."""
