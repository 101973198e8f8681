"""The pages of methods at the node."""
