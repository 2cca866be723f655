-- Lets the conversation of an open page live on.
-- KEYS: address   given: keep_seconds fetched('' or id of the last line the page has)
local address = KEYS[1]
local id = redis.call('GET', address)
if id then live_on(id, address, given.keep_seconds, given.fetched) end
return id
