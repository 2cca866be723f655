-- A snapshot of the handoffs that wait or have an operator, and of who is on duty with their load. Nobody needs the others.
-- given: now fields
local found, there = {}, {}
for _, id in ipairs(handoffs()) do
  local state = handoff(id, 'state')
  if state == 'waiting' or state == 'operator' then table.insert(found, {id, handoff(id, unpack(given.fields))}) end
end
for _, operator in ipairs(redis.call('ZRANGEBYSCORE', 'operators', '(' .. given.now, '+inf')) do
  local paused, rests = redis.call('SISMEMBER', 'paused', operator), redis.call('EXISTS', 'break:' .. operator)
  table.insert(there, {operator, paused, load_of(operator), rests})
end
return {found, there}
