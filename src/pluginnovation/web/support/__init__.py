"""The support pages. Nothing stands here yet."""
