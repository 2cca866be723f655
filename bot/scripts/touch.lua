-- The page is still open: the conversation lives on. KEYS: address   ARGV: keep_seconds
local id = redis.call('GET', KEYS[1])
if not id then return false end
redis.call('EXPIRE', KEYS[1], ARGV[1])
for _, kind in ipairs({'conversation', 'inbox', 'outbox', 'transcript', 'record', 'tracker', 'answer', 'told', 'tries', 'lines'}) do
  redis.call('EXPIRE', kind .. ':{' .. id .. '}', ARGV[1])
end
return id
