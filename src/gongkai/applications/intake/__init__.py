"""How applications come in by every channel: registered once each, with a receipt, its proof and a query code."""
