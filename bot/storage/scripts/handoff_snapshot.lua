-- A snapshot of one conversation's handoff, with all that the person is told about it. Most conversations have none.
-- Returns by name: state, priority, whether somebody is free, who waits ({id priority since}, only if this one waits too), the last
-- waits by priority, and the duty hours to come if nobody is free.   given: id now priorities
local id, now = given.id, given.now
local state, priority = handoff(id, 'state', 'priority')
local free, queue, waits = somebody_is_free(now) or false, {}, {}
if state == 'waiting' then
  for _, other in ipairs(handoffs()) do
    local its_state, its_priority, since = handoff(other, 'state', 'priority', 'since')
    if its_state == 'waiting' then table.insert(queue, {id = other, priority = its_priority, since = since}) end
  end
end
for _, each in ipairs(given.priorities) do
  waits[each] = free and redis.call('LRANGE', 'waits:' .. each, 0, -1) or {}
end
return cmsgpack.pack({
  state = state or 'bot',
  priority = priority or '',
  free = free,
  queue = queue,
  waits = waits,
  duty_hours = not free and redis.call('GET', 'duty_hours') or '',
})
