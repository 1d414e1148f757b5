"""The main job on a made-up employer, through the real doors: `manage.py demo`."""
