"""The archive's pages for readers. Only GET; every read starts at what is public."""
