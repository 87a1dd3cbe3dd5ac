-- A secret was taken away, and the write-ahead log may still hold it. One row while that is so, else none.
CREATE TABLE log_debt (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- How many since the log was last emptied.
    secrets INTEGER NOT NULL
);
