-- How the hand-over of one conversation stands, with all that is told to the person about it, in one moment. Most have none.
-- Gives state, priority, whether somebody is free, who waits (id priority since …, only for who waits too), the last waits of each
-- priority named, and the hours of duty to come where nobody is free.   ARGV: id now priority...
local id, now = ARGV[1], tonumber(ARGV[2])
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
for i = 3, #ARGV do
  table.insert(waits, free == 1 and redis.call('LRANGE', 'waits:' .. ARGV[i], 0, -1) or {})
end
return {state or 'bot', priority or '', free, queue, waits, free == 0 and redis.call('GET', 'duty_hours') or ''}
