"""The pages of rights, emergencies and what takes two people."""
