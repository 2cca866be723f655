-- Clears a service's complaints and suspension: a steward has looked at it.   ARGV: service
redis.call('HDEL', 'complaints', ARGV[1])
redis.call('ZREM', 'complained', ARGV[1])
redis.call('ZREM', 'suspended', ARGV[1])
return 1
