-- Offers a conversation to another operator. Its operator keeps it until the other claims it: it is never without anybody.
-- KEYS: conversation handoff   given: id now operator other most_load most_severe
local id, other = given.id, given.other
local state, operator, priority = handoff(id, 'state', 'operator', 'priority')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= 'operator' or operator ~= given.operator then return outcome('not_yours', id) end
local hindered = other ~= operator and hindrance(other, priority, given.most_load, given.most_severe, given.now)
if hindered then return outcome(hindered, id) end
though_full()
redis.call('HSET', KEYS[2], 'offered', other ~= operator and other or '')
return outcome('', id)
