-- Counts what was not found, outside a turn.   ARGV: as unmet() reads them
unmet(1)
return 1
