-- A snapshot of one conversation's handoff, with all that the person is told about it. Most conversations have none.
-- Returns state, priority, whether somebody is free, who waits (id priority since …, only if this one waits too), the last waits of
-- each priority named, and the duty hours to come if nobody is free.   given: id now priorities
local id, now = given.id, given.now
local state, priority = handoff(id, 'state', 'priority')
local free, queue, waits = somebody_is_free(now) and 1 or 0, {}, {}
if state == 'waiting' then
  for _, other in ipairs(handoffs()) do
    local its_state, its_priority, since = handoff(other, 'state', 'priority', 'since')
    if its_state == 'waiting' then
      for _, part in ipairs({other, its_priority, since}) do table.insert(queue, part) end
    end
  end
end
for _, each in ipairs(given.priorities) do
  table.insert(waits, free == 1 and redis.call('LRANGE', 'waits:' .. each, 0, -1) or {})
end
return {state or 'bot', priority or '', free, queue, waits, free == 0 and redis.call('GET', 'duty_hours') or ''}
