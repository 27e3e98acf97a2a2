"""Live webinars: before, the room, the video, and the recording that is the same page afterwards."""
