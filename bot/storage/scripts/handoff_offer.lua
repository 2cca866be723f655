-- Offers a conversation to another operator. Its operator keeps it until the other claims it: it is never without anybody.
-- KEYS: conversation handoff   ARGV: id now operator other most_load most_severe
local id, state, operator, priority = ARGV[1], handoff(ARGV[1], 'state', 'operator', 'priority')
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
if state ~= 'operator' or operator ~= ARGV[3] then return outcome('not_yours', id) end
local hindered = ARGV[4] ~= operator and hindrance(ARGV[4], priority, tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[2]))
if hindered then return outcome(hindered, id) end
though_full()
redis.call('HSET', KEYS[2], 'offered', ARGV[4] ~= operator and ARGV[4] or '')
return outcome('', id)
