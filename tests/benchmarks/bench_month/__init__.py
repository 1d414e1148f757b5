"""A whole campaign in thirty simulated days, while the wire hands long tasks out twice."""
