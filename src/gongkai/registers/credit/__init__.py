"""统计信用公示: decisions that an enterprise broke faith in statistics, shown as long as the rules of each say."""
