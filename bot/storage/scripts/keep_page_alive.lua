-- Lets the conversation of an open page live on. KEYS: address   ARGV: keep_seconds fetched('' or id of the last line the page has)
local id = redis.call('GET', KEYS[1])
if id then live_on(id, KEYS[1], ARGV[1], ARGV[2]) end
return id
