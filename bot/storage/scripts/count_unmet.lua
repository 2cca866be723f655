-- Counts what was not found, outside a turn.   given: unmet, as count_unmet() reads it
count_unmet(given.unmet)
return 1
