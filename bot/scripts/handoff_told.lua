-- The person was told how it stands since this moment.   KEYS: handoff   ARGV: since
if redis.call('HGET', KEYS[1], 'since') == ARGV[1] then redis.call('HSET', KEYS[1], 'untold', '') end
return 1
