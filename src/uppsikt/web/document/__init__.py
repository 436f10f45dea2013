"""The pages about the guideline as a document, and what places decide beside it."""
