"""Find what institutions fix: votes, mandates, agreements, sanctions, elections, tenures, figures, flows."""
