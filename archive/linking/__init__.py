"""The register of links: what is named where, and whether it still answers."""
