-- Returns an operator's severe conversations in this shift, including those they have now, as a claim counts them.   ARGV: operator
return severe_of(ARGV[1])
