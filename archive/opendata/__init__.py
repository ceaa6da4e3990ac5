"""The whole archive as one file: CSV and JSON, a dictionary, a licence and a checksum."""
