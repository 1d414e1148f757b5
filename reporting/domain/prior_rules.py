"""When employers may share a model; without numpy, for pages."""

# Fewer would tell too much of one of them.
LEAST_EMPLOYERS = 5
# An employer of fewer answers does not take part: its own part would rest on a few people. [D]
LEAST_ANSWERS = 20
