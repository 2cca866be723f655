-- Ends the duty of a farewell, and records the copies that the provider now has of it, all or nothing.
-- KEYS: duties   ARGV: duty_id copies...
though_full()
owe(2, '')
redis.call('DEL', 'duty:' .. ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
return 1
