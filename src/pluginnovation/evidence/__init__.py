"""5 What it changed: designs, estimators, diagnostics, pooling. Nothing stands here yet."""
