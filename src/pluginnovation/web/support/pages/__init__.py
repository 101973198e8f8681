"""The pages of what is done."""
