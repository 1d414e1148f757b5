"""How far each estimator is off, and how often its interval holds, on a real survey with made-up silence."""
