"""The archive as records: the same for the API, which shows some of them, and for the open data, which has them all."""
