"""What people see and send over HTTP: planning, attending, the room, the media."""
