"""开放数据接口: what the public may read, for machines; everything through the read gates of the rooms below."""
