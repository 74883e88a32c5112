"""Cases that a clinician can read, and that the rules have to give the written result for."""
