"""The language server's edge: what editors say, in the engine's terms and back."""
