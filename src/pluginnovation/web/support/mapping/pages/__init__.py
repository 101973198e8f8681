"""The pages of mapping, one subject in each."""
