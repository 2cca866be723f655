-- Returns an operator's severe conversations in this shift, including those they have now, as a claim counts them.
-- given: operator
return severe_of(given.operator)
