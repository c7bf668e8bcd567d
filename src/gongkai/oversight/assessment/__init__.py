"""网站自评: the records held against 检查指标 every day, so that a bureau knows what an inspector would fault."""
