-- Ends one attempt to send. The copies that the provider now has are recorded even if the claim was lost meanwhile.
-- KEYS: sender outbox_due   ARGV: id token outcome('sent'|'lost'|'later') delay_milliseconds copies...
local id, outcome, now = ARGV[1], ARGV[3], milliseconds()
local conversation, outbox = 'conversation:{' .. id .. '}', 'outbox:{' .. id .. '}'
local gone = redis.call('EXISTS', conversation) == 0
though_full()
schedule_deletion(5, gone and '' or 'owed:{' .. id .. '}', gone)
if redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[1])
-- Taken back while it was on its way.
if outcome == 'later' and redis.call('HGET', conversation, 'once') == ARGV[2] then outcome = 'lost' end
if outcome == 'later' then
  if not gone then redis.call('HINCRBY', conversation, 'deliveries', 1) end
else
  local head = redis.call('LPOP', outbox)
  redis.call('HDEL', conversation, 'deliveries')
  if outcome == 'lost' and head and not gone then
    local lost = redis.call('HGET', conversation, 'lost') or ''
    redis.call('HSET', conversation, 'lost', string.sub(lost .. string.match(head, '^%S+ '), -2000))
  end
end
if redis.call('LLEN', outbox) > 0 then
  redis.call('ZADD', KEYS[2], now + ARGV[4], id)
else
  redis.call('ZREM', KEYS[2], id)
end
return 1
