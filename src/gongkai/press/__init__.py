"""The press 静态发布: approved pages as files whose digests are known; what is served can be held against them."""
