"""What the console asks of PostgreSQL and how it reads the answers."""
