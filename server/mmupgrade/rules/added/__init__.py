"""Pages of 1.x fields that have no single 0.x field."""
