"""The lists a political scientist maintains: PLOVER, CAMEO, actors, tenures, bodies, cue verbs, hedges."""
