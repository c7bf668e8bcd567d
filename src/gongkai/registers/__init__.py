"""The registers of Article 20: documents, service items, decisions, fees, procurement."""
