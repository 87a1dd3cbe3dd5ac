-- Secrets were taken away, and the write-ahead log may still hold the latest of them.
CREATE TABLE log_debt (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- How many were taken away. It only grows.
    secrets INTEGER NOT NULL,
    -- How many of these were so when the log was last emptied.
    emptied INTEGER NOT NULL DEFAULT 0
);
