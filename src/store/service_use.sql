-- Which services each user and role was seen to use: an access key remembers only the last one.
CREATE TABLE service_use (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    service TEXT NOT NULL,
    last_used INTEGER NOT NULL,
    region TEXT,
    PRIMARY KEY (entity, service)
) WITHOUT ROWID;
INSERT INTO service_use (entity, service, last_used, region)
SELECT user, last_used_service, max(last_used), last_used_region FROM access_key
WHERE user IS NOT NULL AND last_used IS NOT NULL AND last_used_service IS NOT NULL GROUP BY 1, 2;

CREATE TRIGGER service_was_used AFTER UPDATE OF last_used, last_used_service ON access_key
WHEN new.user IS NOT NULL AND new.last_used IS NOT NULL AND new.last_used_service IS NOT NULL BEGIN
    INSERT INTO service_use (entity, service, last_used, region)
    VALUES (new.user, new.last_used_service, new.last_used, new.last_used_region)
    ON CONFLICT (entity, service) DO UPDATE SET last_used = excluded.last_used, region = excluded.region
    WHERE excluded.last_used > last_used;
END;
CREATE TRIGGER service_had_been_used AFTER INSERT ON access_key
WHEN new.user IS NOT NULL AND new.last_used IS NOT NULL AND new.last_used_service IS NOT NULL BEGIN
    INSERT INTO service_use (entity, service, last_used, region)
    VALUES (new.user, new.last_used_service, new.last_used, new.last_used_region)
    ON CONFLICT (entity, service) DO UPDATE SET last_used = excluded.last_used, region = excluded.region
    WHERE excluded.last_used > last_used;
END;
