"""Signing in: who somebody is, how surely that was shown, and until when the session holds."""
