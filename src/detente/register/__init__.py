"""Follow up what was forecast and promised, what falls due and what came of it; threads, offices, scores."""
