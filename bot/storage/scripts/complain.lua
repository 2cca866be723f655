-- Notes complaints outside of any turn.   ARGV: as complain() reads them
complain(1)
return 1
