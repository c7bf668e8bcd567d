"""The annual report (Articles 49 and 50) from the records: computed, checked, frozen, published, rolled up."""
