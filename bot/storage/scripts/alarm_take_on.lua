-- Lets somebody take an alarm on; of two at once only the first does.   KEYS: alarms alarms_seen   given: id account
local alarms, seen = unpack(KEYS)
if redis.call('HEXISTS', alarms, given.id) == 0 then return 0 end
redis.call('HSETNX', seen, given.id, given.account)
redis.call('EXPIRE', seen, 172800)
return redis.call('HGET', seen, given.id) == given.account and 1 or 0
