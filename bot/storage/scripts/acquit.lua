-- Ends the duty to delete a copy. KEYS: copies   ARGV: copy_key
acquit(ARGV[1])
return 1
