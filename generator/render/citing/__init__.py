"""How a cable is cited: in prose, in the formats of reference managers, and in what a page tells machines of itself."""
