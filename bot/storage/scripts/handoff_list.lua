-- A snapshot of the handoffs that wait or have an operator, and of who is on duty with their load. Nobody needs the others.
-- Returns by name: handoffs({id, the fields}), operators({id paused load rests}).   given: now fields
local found, there = {}, {}
for _, id in ipairs(handoffs()) do
  local state = handoff(id, 'state')
  if state == 'waiting' or state == 'operator' then
    local its_handoff, values = {id = id}, {handoff(id, unpack(given.fields))}
    for i, name in ipairs(given.fields) do its_handoff[name] = values[i] or '' end
    table.insert(found, its_handoff)
  end
end
for _, operator in ipairs(redis.call('ZRANGEBYSCORE', 'operators', '(' .. given.now, '+inf')) do
  table.insert(there, {
    id = operator,
    paused = redis.call('SISMEMBER', 'paused', operator) == 1,
    load = load_of(operator),
    rests = redis.call('EXISTS', 'break:' .. operator) == 1,
  })
end
return cmsgpack.pack({handoffs = found, operators = there})
