-- Ends the duty of a farewell, and records the copies that the provider now has of it, all or nothing.
-- KEYS: farewells_due   ARGV: duty_id copies...
though_full()
schedule_deletion(2, '')
redis.call('DEL', 'farewell_due:' .. ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
return 1
