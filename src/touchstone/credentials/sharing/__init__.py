"""What holders show of their awards: pieces of evidence, collections, badges in the older form; and who looked."""
