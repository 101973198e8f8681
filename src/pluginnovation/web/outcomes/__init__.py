"""The outcomes pages. Nothing stands here yet."""
