-- Takes a farewell off the list of those to be sent, and records the copies that the provider now has of it, all or nothing.
-- KEYS: farewells_due   given: id copies
though_full()
schedule_deletion(given.copies, '')
redis.call('DEL', 'farewell_due:' .. given.id)
redis.call('ZREM', KEYS[1], given.id)
return 1
