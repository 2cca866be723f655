-- Counts what was not found, outside of any turn.   ARGV: as unmet() reads them
unmet(1)
return 1
