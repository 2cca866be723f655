-- Gives how many severe talks an operator has had in this shift, with those that they have now: what a claim counts.   ARGV: operator
return severe_of(ARGV[1])
