"""The check of camera, microphone and loudspeaker before a meeting."""
