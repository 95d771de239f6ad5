"""Rules, one file a 0.x field."""
