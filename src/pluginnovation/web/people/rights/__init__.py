"""What people have a right to (why, extract, words of their own), and the ways round that somebody else reads."""
