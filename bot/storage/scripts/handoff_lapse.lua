-- Nobody stays with an operator who is no longer there: back to the queue; and nobody waits if nobody is on duty, or if all who are
-- have been paused for long: back to the bot. Returns the new states by id, each to one caller only.
-- given: now month longest_pause(milliseconds)
local now, moved = given.now, {}
redis.call('ZREMRANGEBYSCORE', 'operators', '-inf', now)
local nobody = redis.call('EXISTS', 'operators') == 0
if nobody or somebody_is_free(now) then
  redis.call('DEL', 'pausing')
else
  redis.call('SET', 'pausing', now, 'EX', 86400, 'NX')
  nobody = now - redis.call('GET', 'pausing') >= given.longest_pause
end
for _, id in ipairs(handoffs()) do
  local state, operator, priority, joined = handoff(id, 'state', 'operator', 'priority', 'joined')
  if joined and joined ~= '' and not on_duty(joined, now) then depart(id) end
  if state == 'waiting' and nobody or state == 'operator' and not on_duty(operator, now) and not is_ending(id, now) then
    enter(id, nobody and 'bot' or 'waiting', now)
    redis.call('HSET', 'handoff:{' .. id .. '}', 'untold', 'lapsed')
    count_handoff(given.month, 'lapsed ' .. priority)
    if state == 'waiting' then count_wait(id, given.month, priority, 'nobody') end
    moved[id] = nobody and 'bot' or 'waiting'
  end
end
return cmsgpack.pack(moved)
