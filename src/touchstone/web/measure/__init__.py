"""What the measurements say: for those who lead, release and write; for each assessor herself; and for everybody."""
