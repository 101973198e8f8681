"""The pages. Each view asks `people` what the viewer may see, and fills one template."""
