-- Notes that what was erased could not be closed on the disk, also while Redis' memory is full.
-- KEYS: not_closed   given: seconds
though_full()
redis.call('SET', KEYS[1], '1', 'EX', given.seconds)
return 1
