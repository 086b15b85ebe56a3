"""Door 2: JSON over HTTP, described by OpenAPI."""
