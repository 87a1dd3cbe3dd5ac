-- Which actions each user and role was seen to call, of the services whose calls pass here. The action `*` is one of which
-- nobody knows any more which it was.
CREATE TABLE action_use (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    service TEXT NOT NULL,
    action TEXT NOT NULL,
    last_used INTEGER NOT NULL,
    region TEXT,
    PRIMARY KEY (entity, service, action)
) WITHOUT ROWID;
INSERT INTO action_use (entity, service, action, last_used, region)
SELECT entity, service, '*', last_used, region FROM service_use WHERE service IN ('iam', 'sts');
