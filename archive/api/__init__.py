"""The archive for programs: read-only, versioned, without a key. Described at /api/ and /api/v1/openapi.json."""
