"""The knowledge pages. Nothing stands here yet."""
