-- Ends the duty to delete a copy.   given: key
cancel_deletion(given.key)
return 1
