-- Records complaints outside a turn.   ARGV: as complain() reads them
complain(1)
return 1
