-- An operator takes a conversation: waiting, or offered by another -> operator. Of two at once, the second learns who was first.
-- A supervisor can also take over from another, whatever the load; but never if nobody has asked for a person.
-- KEYS: conversation handoff   given: id now month operator supervisor most_load most_severe
local id, now, month, operator, supervisor = given.id, given.now, given.month, given.operator, given.supervisor
if redis.call('EXISTS', KEYS[1], KEYS[2]) < 2 then return outcome('gone', id) end
local state, owner, offered, priority, since = handoff(id, 'state', 'operator', 'offered', 'priority', 'since')
if state == 'operator' and owner == operator then return outcome('', id) end -- a second click
if state ~= 'waiting' and state ~= 'operator' then return outcome('not_waiting', id) end
if state == 'operator' and offered ~= operator and not supervisor then return outcome('taken', id) end

local hindered = hindrance(operator, priority, given.most_load, given.most_severe, now)
-- Nobody else has come within a minute: a life in danger goes before a break and before the limit of a shift.
if (hindered == 'break' or hindered == 'enough') and priority == 'P0' and state == 'waiting' and now - since >= 60000 then
  hindered = nil
end
if hindered == 'off_duty' or hindered and not supervisor then return outcome(hindered, id) end
though_full()
if state == 'waiting' then
  local waits = 'waits:' .. priority
  redis.call('LPUSH', waits, math.max(math.floor((now - since) / 1000), 0))
  redis.call('LTRIM', waits, 0, 49)
  redis.call('EXPIRE', waits, 2592000)
  count_wait(id, month, priority, now - since)
end
count_handoff(month, (state == 'waiting' and 'claimed ' or offered == operator and 'transferred ' or 'taken_over ') .. priority)
local returned, draft = handoff(id, 'returned', 'draft')
enter(id, 'operator', now, operator)
if returned == operator and draft and draft ~= '' then -- what they had begun to write when it returned to the queue
  redis.call('SET', 'draft:{' .. id .. '}', draft, 'PX', math.max(redis.call('PTTL', KEYS[1]), 1))
end
if state == 'waiting' then
  redis.call('HSET', KEYS[2], 'waiting_since', since)
  count_live(now, 'taken')
end
return outcome('', id)
