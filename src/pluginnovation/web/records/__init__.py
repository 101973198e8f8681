"""Imports, quarantine and freshness on screen; the ledger."""
