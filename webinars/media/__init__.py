"""Video: takes, segments, playlists, ingest and uploads. The only home of ffmpeg."""
