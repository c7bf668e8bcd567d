"""Personal data in a text: identity numbers, mobile telephones, bank cards, home addresses, minors."""
