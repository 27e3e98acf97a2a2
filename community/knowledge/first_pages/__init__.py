"""The words a new installation starts with. Plain data: the migration turns it into pages, editors change them there."""
