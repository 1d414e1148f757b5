"""PostgreSQL and Redis for development, tests and the demo, whatever the machine has.

`python -m wpm_platform.devservices run -- COMMAND` gives COMMAND a DATABASE_URL and a REDIS_URL. Nothing
here imports Django or anything else outside the standard library: it runs before either is set up. Linux
only, like the product itself.
"""
