"""Values and pure judgements: it knows no library and does nothing."""
