"""Social cards: an evening, a talk, an answer or a series as a picture, drawn here and kept."""
