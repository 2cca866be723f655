-- Changes the priority of an open handoff, as a supervisor judges it; the place in time stays.
-- KEYS: conversation handoff   ARGV: id now month priority
local id, state, before = ARGV[1], handoff(ARGV[1], 'state', 'priority')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= 'waiting' and state ~= 'operator' then return outcome('not_waiting', id) end
if before ~= ARGV[4] then
  redis.call('HSET', KEYS[2], 'priority', ARGV[4])
  count_handoff(ARGV[3], 'ranked ' .. before .. ' ' .. ARGV[4])
end
return outcome('', id)
