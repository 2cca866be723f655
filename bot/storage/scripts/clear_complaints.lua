-- Clears a service's complaints and suspension: a steward has looked at it.   given: service
redis.call('HDEL', 'complaints', given.service)
redis.call('ZREM', 'complained', given.service)
redis.call('ZREM', 'suspended', given.service)
return 1
