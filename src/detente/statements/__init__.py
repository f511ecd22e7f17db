"""Find who said what: claims, motives, forecasts, commitments, advice."""
