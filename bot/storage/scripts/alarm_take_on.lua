-- Lets somebody take an alarm on; of two at once only the first does.   KEYS: alarms alarms_seen   ARGV: id account
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSETNX', KEYS[2], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], 172800)
return redis.call('HGET', KEYS[2], ARGV[1]) == ARGV[2] and 1 or 0
