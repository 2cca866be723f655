-- Blocks the address of a conversation for so many seconds.   KEYS: conversation blocks   given: seconds id by
return block(KEYS[1], given)
