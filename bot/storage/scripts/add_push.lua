-- Saves a subscription to notifications, and renews the expiry of all of the account; of too many, the others go.
-- KEYS: push   given: field sealed most seconds
local push = KEYS[1]
if redis.call('HEXISTS', push, given.field) == 0 and redis.call('HLEN', push) >= given.most then redis.call('DEL', push) end
redis.call('HSET', push, given.field, given.sealed)
redis.call('EXPIRE', push, given.seconds)
return 1
