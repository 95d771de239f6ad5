"""Settings: what a project says in `mmupgrade.toml` or `pyproject.toml`, and an editor for it."""
