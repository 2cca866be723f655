-- Notes that the operator of a conversation is at it, though they have written nothing yet: the time until it returns runs anew.
-- KEYS: conversation handoff   given: id now operator
local id = given.id
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
local state, operator = handoff(id, 'state', 'operator')
if state ~= 'operator' or operator ~= given.operator then return outcome('not_yours', id) end
though_full()
redis.call('HSET', KEYS[2], 'attended', given.now)
return outcome('', id)
