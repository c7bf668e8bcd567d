"""第二十条各项 for the public, below 法定主动公开内容: lists with search, pages and CSV."""
