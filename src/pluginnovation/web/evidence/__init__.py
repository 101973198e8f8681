"""The evidence pages. Nothing stands here yet."""
