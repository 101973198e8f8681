"""What it changed, at the node: locked plans, estimates and how sure they are, shown without a single pupil."""
