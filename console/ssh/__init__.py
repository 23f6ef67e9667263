"""One door to the nodes: commands over SSH, with limits."""
