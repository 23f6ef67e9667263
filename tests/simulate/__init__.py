"""A seeded simulation of clusters: the real plan makers and the real runner, judged by the clients' own records."""
