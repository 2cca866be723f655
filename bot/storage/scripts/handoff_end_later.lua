-- Notes that what an operator has ends in some seconds, or ('' for `ending`) that it goes on after all.
-- KEYS: conversation handoff   given: id operator ending
local id = given.id
local state, operator = handoff(id, 'state', 'operator')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= 'operator' or operator ~= given.operator then return outcome('not_yours', id) end
though_full()
redis.call('HSET', KEYS[2], 'ending', given.ending, 'ending_after', given.ending ~= '' and last_line(id) or '')
return outcome('', id)
