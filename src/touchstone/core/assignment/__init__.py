"""Who scores what: hard rules first, then the least cost, with a proof and with reasons in words."""
