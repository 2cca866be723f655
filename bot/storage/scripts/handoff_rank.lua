-- Changes the priority of an open handoff, as a supervisor judges it; the place in time stays.
-- KEYS: conversation handoff   given: id month priority
local id, state, before = given.id, handoff(given.id, 'state', 'priority')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= 'waiting' and state ~= 'operator' then return outcome('not_waiting', id) end
if before ~= given.priority then
  redis.call('HSET', KEYS[2], 'priority', given.priority)
  count_handoff(given.month, 'ranked ' .. before .. ' ' .. given.priority)
end
return outcome('', id)
