-- An operator takes a conversation: waiting, or offered by who has it -> operator. Of two at once the second learns who was first.
-- A supervisor also takes over what another has, whatever the load; never what has not asked for a person.
-- KEYS: conversation handoff   ARGV: id now month operator most_load supervisor(1|0)
local id, now, month, operator, supervisor = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[6] == '1'
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
local state, owner, offered, priority, since = handoff(id, 'state', 'operator', 'offered', 'priority', 'since')
if state == 'operator' and owner == operator then return outcome('', id) end -- a second click
if state ~= 'waiting' and state ~= 'operator' then return outcome('not_waiting', id) end
if state == 'operator' and offered ~= operator and not supervisor then return outcome('taken', id) end

local hindered = hindrance(operator, weight(priority), tonumber(ARGV[5]), now)
if hindered == 'off_duty' or hindered and not supervisor then return outcome(hindered, id) end
if state == 'waiting' then
  local waits = 'waits:' .. priority
  redis.call('LPUSH', waits, math.max(math.floor((now - since) / 1000), 0))
  redis.call('LTRIM', waits, 0, 49)
  redis.call('EXPIRE', waits, 2592000)
end
count_handoff(month, (state == 'waiting' and 'claimed ' or offered == operator and 'transferred ' or 'taken_over ') .. priority)
enter(id, 'operator', now, operator)
return outcome('', id)
