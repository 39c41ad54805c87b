"""Pages of accounts: one's own, the Secretariat's, a delegation's."""
