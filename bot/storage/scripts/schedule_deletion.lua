-- Records copies that belong to no living conversation. Not while the memory is full: each refused message would fill it further.
-- given: copies
schedule_deletion(given.copies, '')
return 1
