-- Ends one attempt to send. The copies that the provider now has are recorded even if the claim was lost meanwhile.
-- KEYS: sender outbox_due   given: id token outcome('sent'|'lost'|'later') delay(milliseconds) copies
local sender, outbox_due = unpack(KEYS)
local id, outcome, now = given.id, given.outcome, milliseconds()
local conversation, outbox = 'conversation:{' .. id .. '}', 'outbox:{' .. id .. '}'
local gone = redis.call('EXISTS', conversation) == 0
though_full()
schedule_deletion(given.copies, gone and '' or 'owed:{' .. id .. '}', gone)
if redis.call('GET', sender) ~= given.token then return 0 end
redis.call('DEL', sender)
-- Taken back while it was on its way.
if outcome == 'later' and redis.call('HGET', conversation, 'once') == given.token then outcome = 'lost' end
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
  redis.call('ZADD', outbox_due, now + given.delay, id)
else
  redis.call('ZREM', outbox_due, id)
end
return 1
