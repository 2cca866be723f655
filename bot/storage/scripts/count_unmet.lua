-- Counts what was not found, outside a turn.   ARGV: as count_unmet() reads them
count_unmet(1)
return 1
