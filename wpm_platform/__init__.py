"""The project, and the floor that all apps stand on."""

# Kept with every computed report; the same as in pyproject.toml.
SOFTWARE_VERSION = "0.1.0"
