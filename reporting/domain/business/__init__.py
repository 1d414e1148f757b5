"""Business travel: from vehicles, contracts and claims to the cells of blocks 1 to 3."""
