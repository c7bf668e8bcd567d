"""依申请公开目录: what was answered and may be public, without who asked; and what several people ask (Article 44).

Nothing here reaches the public by itself: an approved entry becomes a draft of the site, which goes the way of every
text (:mod:`.publishing`).
"""
