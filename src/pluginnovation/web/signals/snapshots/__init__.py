"""Writing the pictures: from a day's signals and the roll-up of days to finished figures and drawings.

Nothing is imported here: batches of pupils are drawn in processes that don't know the database.
"""
