"""What Patroni says of a cluster that it manages."""
