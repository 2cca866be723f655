-- Says that this folder of epochs is the one of this Redis; 0 while gateways use another one.
-- What only another folder opens is lost if it gives way: so it does only where the machine has started again, and ours was made
-- after the other was last seen, or where nobody has used the other for long.
-- KEYS: epochs   given: place since(milliseconds: when ours was made) unseen gone(milliseconds)
local place, seen = unpack(redis.call('HMGET', KEYS[1], 'place', 'seen'))
local now = milliseconds()
if place and place ~= given.place then
  local silent = now - tonumber(seen)
  if silent < given.gone and (silent < given.unseen or given.since < tonumber(seen)) then return 0 end
end
though_full()
redis.call('HSET', KEYS[1], 'place', given.place, 'seen', now)
redis.call('EXPIRE', KEYS[1], 172800)
return 1
