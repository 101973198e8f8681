"""Writing the pictures: from a day's signals and the roll-up of days to finished figures and drawings.

Batches of pupils, and places, are drawn in threads beside the one that sends rows to the database.
"""
