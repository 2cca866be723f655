-- A steward has looked at a service: its complaints are answered.   ARGV: service
redis.call('HDEL', 'complaints', ARGV[1])
redis.call('ZREM', 'complained', ARGV[1])
redis.call('ZREM', 'suspended', ARGV[1])
return 1
