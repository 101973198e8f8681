"""What is done: my day, mapping, meetings, cases, measures, and the time it takes."""
