"""The hub: a second Django project over the same code, with its own database, roles, addresses and list of apps."""
