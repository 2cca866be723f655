-- Puts back what was paid for a text message that was not sent, unless another hour has begun.
-- KEYS: texts_sent texts   given: parts paid('share'|'reserve')
local texts_sent, texts = unpack(KEYS)
though_full()
if tonumber(redis.call('HGET', texts, given.paid) or '0') >= given.parts then
  redis.call('HINCRBY', texts, given.paid, -given.parts)
end
if tonumber(redis.call('GET', texts_sent) or '0') >= given.parts then redis.call('DECRBY', texts_sent, given.parts) end
