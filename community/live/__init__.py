"""Live topics: numbered logs in the database, a doorbell, one hub per process, sockets that resume."""
