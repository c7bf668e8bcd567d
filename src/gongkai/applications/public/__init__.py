"""依申请公开 for the public: applying, the receipt, the status of an application, the calculator of the period."""
