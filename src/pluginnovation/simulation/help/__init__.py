"""What adults do in the made-up region: signals that are noticed or not, measures, sub-projects, and what they write.

Open `region.py` first: it is the `Help` of a scenario. `events.py` says what stands in help/events.jsonl.
"""
