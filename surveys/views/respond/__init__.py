"""The employee's pages: one question a page, every answer a POST, no account and no JavaScript."""
