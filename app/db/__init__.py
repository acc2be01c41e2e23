"""The database: engine, transactions, column types and every slice's tables in one list."""
