"""Settings, root URLs, the database."""
