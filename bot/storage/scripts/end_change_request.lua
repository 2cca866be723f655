-- Deletes a request of an organisation, and the link that it came by, unless another one has taken its place; returns whether it did.
-- KEYS: request link   given: sealed(the request that was answered)
if redis.call('GET', KEYS[1]) ~= given.sealed then return 0 end
redis.call('DEL', KEYS[1], KEYS[2])
return 1
