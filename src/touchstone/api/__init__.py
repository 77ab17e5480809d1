"""The door for programs: the Open Badges API, and letting an app at one's badges (OAuth 2.0)."""
