-- Ends one attempt to send. The copies that the provider now has are noted even where the claim was lost meanwhile.
-- KEYS: sender postbox   ARGV: id token gone(1|0) delay_milliseconds copies...
owe(5, redis.call('EXISTS', 'conversation:{' .. ARGV[1] .. '}') == 1 and 'owed:{' .. ARGV[1] .. '}' or '')
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end
local outbox = 'outbox:{' .. ARGV[1] .. '}'
local now = milliseconds()
redis.call('DEL', KEYS[1])
local conversation = 'conversation:{' .. ARGV[1] .. '}'
if ARGV[3] == '1' then
  redis.call('LPOP', outbox)
  redis.call('HDEL', conversation, 'deliveries')
elseif redis.call('EXISTS', conversation) == 1 then
  redis.call('HINCRBY', conversation, 'deliveries', 1)
end
if redis.call('LLEN', outbox) > 0 then
  redis.call('ZADD', KEYS[2], now + ARGV[4], ARGV[1])
else
  redis.call('ZREM', KEYS[2], ARGV[1])
end
return 1
