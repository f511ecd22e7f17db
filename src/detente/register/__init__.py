"""What was forecast and promised, what falls due, what came of it; threads of claims; calendar;
offices; scores.
"""
