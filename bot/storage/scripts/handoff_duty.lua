-- Records an operator as on duty until a moment, as still on duty if they were, as paused, as back, or as off duty.
-- given: operator step('here'|'stay'|'pause'|'resume'|'off') until_when now
local operator, step = given.operator, given.step
if step == 'off' then
  redis.call('ZREM', 'operators', operator)
  redis.call('SREM', 'paused', operator)
  for _, id in ipairs(handoffs()) do
    if handoff(id, 'joined') == operator then depart(id) end
  end
  return 1
end
if step == 'stay' and not on_duty(operator, given.now) then return 0 end
redis.call('ZADD', 'operators', given.until_when, operator)
if step == 'pause' then redis.call('SADD', 'paused', operator) end
if step == 'resume' then redis.call('SREM', 'paused', operator) end
for _, name in ipairs({'operators', 'paused'}) do redis.call('EXPIRE', name, 86400) end
return 1
