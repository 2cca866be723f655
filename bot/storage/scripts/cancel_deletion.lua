-- Ends the duty to delete a copy. KEYS: copies   ARGV: copy_key
cancel_deletion(ARGV[1])
return 1
