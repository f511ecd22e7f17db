"""Turn a view of the ledger into series for a dyad, a triangle, a turning point."""
