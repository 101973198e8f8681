"""The pages of what is tried together."""
