-- Records an operator as on duty until a moment, as still on duty if they were, as paused, as back, or as off duty.
-- ARGV: operator step('here'|'stay'|'pause'|'resume'|'off') until now
if ARGV[2] == 'off' then
  redis.call('ZREM', 'operators', ARGV[1])
  redis.call('SREM', 'paused', ARGV[1])
  for _, id in ipairs(handoffs()) do
    if handoff(id, 'joined') == ARGV[1] then depart(id) end
  end
  return 1
end
if ARGV[2] == 'stay' and not on_duty(ARGV[1], tonumber(ARGV[4])) then return 0 end
redis.call('ZADD', 'operators', ARGV[3], ARGV[1])
if ARGV[2] == 'pause' then redis.call('SADD', 'paused', ARGV[1]) end
if ARGV[2] == 'resume' then redis.call('SREM', 'paused', ARGV[1]) end
for _, name in ipairs({'operators', 'paused'}) do redis.call('EXPIRE', name, 86400) end
return 1
