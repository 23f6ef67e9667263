"""Who decided what: the audit log that shows tampering, and approvals signed by a second person."""
