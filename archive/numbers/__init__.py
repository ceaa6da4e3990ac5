"""The archive in figures: counted together, drawn on the server, each figure with its table."""
