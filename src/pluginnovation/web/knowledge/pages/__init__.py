"""The hub's public pages: what stands on each, and what is fetched by programs."""
