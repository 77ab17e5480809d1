"""The demonstration: a made-up catalogue, cast and evidence."""
