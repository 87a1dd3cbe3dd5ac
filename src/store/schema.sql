-- The first schema. What each table means is said here; what the rules are is said in the files that write them.

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    account_id TEXT NOT NULL UNIQUE CHECK (length(account_id) = 12),
    partition TEXT NOT NULL DEFAULT 'aws',
    alias TEXT,
    created INTEGER NOT NULL,
    -- NULL for a local account; otherwise the endpoint it mirrors, as JSON (profile, URL, region).
    endpoint TEXT,
    -- When the mirror was last read to the end, or the local account imported from a file; NULL before that.
    refreshed INTEGER,
    -- Quotas that differ from AWS's defaults, as JSON.
    quotas TEXT NOT NULL DEFAULT '{}',
    password_policy TEXT,
    -- Everything else that the account as a whole remembers, as JSON by name.
    settings TEXT NOT NULL DEFAULT '{}'
);

-- How many entities of a kind an account holds; kind 0 counts access keys.
CREATE TABLE tally (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (account, kind)
) WITHOUT ROWID;

CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- The name in lower case: names are unique whatever their case.
    name_key TEXT NOT NULL,
    path TEXT NOT NULL DEFAULT '/',
    arn TEXT NOT NULL,
    uid TEXT NOT NULL DEFAULT '',
    created INTEGER NOT NULL,
    description TEXT,
    -- The ARN of the permissions boundary (users and roles).
    boundary TEXT,
    -- The last time it was used, as far as anyone knows: of a user the latest of password and keys.
    activity INTEGER,
    -- What lists are sorted by: a key that is never NULL can be sought.
    activity_order INTEGER AS (ifnull(activity, 0))
);
CREATE UNIQUE INDEX entity_name ON entity (account, kind, name_key);
CREATE UNIQUE INDEX entity_arn ON entity (account, arn);
CREATE INDEX entity_uid ON entity (uid) WHERE uid <> '';
CREATE INDEX entity_activity ON entity (account, kind, activity_order, name_key);
CREATE INDEX entity_created ON entity (account, kind, created, name_key);
CREATE INDEX entity_path ON entity (account, path) WHERE path <> '/';
CREATE INDEX entity_boundary ON entity (boundary) WHERE boundary IS NOT NULL;

CREATE TRIGGER entity_counted AFTER INSERT ON entity BEGIN
    INSERT INTO tally VALUES (new.account, new.kind, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER entity_uncounted AFTER DELETE ON entity BEGIN
    UPDATE tally SET count = count - 1 WHERE account = old.account AND kind = old.kind;
END;

-- Names, three letters at a time, for the filter line and the search view.
CREATE VIRTUAL TABLE entity_search USING fts5 (
    name, content = 'entity', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0
);
CREATE TRIGGER entity_indexed AFTER INSERT ON entity BEGIN
    INSERT INTO entity_search (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER entity_unindexed AFTER DELETE ON entity BEGIN
    INSERT INTO entity_search (entity_search, rowid, name) VALUES ('delete', old.id, old.name);
END;
CREATE TRIGGER entity_reindexed AFTER UPDATE OF name ON entity BEGIN
    INSERT INTO entity_search (entity_search, rowid, name) VALUES ('delete', old.id, old.name);
    INSERT INTO entity_search (rowid, name) VALUES (new.id, new.name);
END;

CREATE TABLE tag (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    -- The key as it is compared: in lower case where case does not matter.
    key_fold TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    -- The place among the entity's tags, in the order in which the keys came.
    position INTEGER NOT NULL,
    PRIMARY KEY (entity, key_fold)
) WITHOUT ROWID;

-- What only users have. The sums are kept by triggers.
CREATE TABLE user (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    account INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    password_last_used INTEGER,
    groups INTEGER NOT NULL DEFAULT 0,
    mfa_devices INTEGER NOT NULL DEFAULT 0,
    -- When the password was last set; NULL without one.
    password_set INTEGER,
    -- When the oldest active access key was made; NULL without one.
    oldest_key INTEGER,
    password_order INTEGER AS (ifnull(password_set, 0)),
    key_order INTEGER AS (ifnull(oldest_key, 0))
);
CREATE INDEX user_groups ON user (account, groups, name_key);
CREATE INDEX user_mfa ON user (account, mfa_devices, name_key);
CREATE INDEX user_password ON user (account, password_order, name_key);
CREATE INDEX user_key ON user (account, key_order, name_key);
CREATE INDEX user_without_mfa ON user (account) WHERE mfa_devices = 0 AND password_set IS NOT NULL;
CREATE TRIGGER user_made AFTER INSERT ON entity WHEN new.kind = 1 BEGIN
    INSERT INTO user (entity, account, name_key) VALUES (new.id, new.account, new.name_key);
END;
CREATE TRIGGER user_renamed AFTER UPDATE OF name_key ON entity WHEN new.kind = 1 BEGIN
    UPDATE user SET name_key = new.name_key WHERE entity = new.id;
END;
CREATE TRIGGER user_password_used AFTER UPDATE OF password_last_used ON user BEGIN
    UPDATE entity SET activity = max(ifnull(activity, new.password_last_used), new.password_last_used)
    WHERE id = new.entity AND new.password_last_used IS NOT NULL;
END;

CREATE TABLE login_profile (
    user INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    -- An Argon2 hash in PHC form; NULL in a mirror.
    password TEXT,
    created INTEGER NOT NULL,
    -- When the password was last set.
    changed INTEGER NOT NULL,
    reset_required INTEGER NOT NULL DEFAULT 0,
    -- Hashes of earlier passwords, newest first, as JSON.
    history TEXT NOT NULL DEFAULT '[]'
);
CREATE TRIGGER login_profile_made AFTER INSERT ON login_profile BEGIN
    UPDATE user SET password_set = new.changed WHERE entity = new.user;
END;
CREATE TRIGGER login_profile_changed AFTER UPDATE OF changed ON login_profile BEGIN
    UPDATE user SET password_set = new.changed WHERE entity = new.user;
END;
CREATE TRIGGER login_profile_gone AFTER DELETE ON login_profile BEGIN
    UPDATE user SET password_set = NULL WHERE entity = old.user;
END;

CREATE TABLE membership (
    user INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    grp INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    PRIMARY KEY (user, grp)
) WITHOUT ROWID;
CREATE INDEX membership_group ON membership (grp, user);
CREATE TABLE grp (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    account INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    users INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX grp_users ON grp (account, users, name_key);
CREATE TRIGGER grp_made AFTER INSERT ON entity WHEN new.kind = 2 BEGIN
    INSERT INTO grp (entity, account, name_key) VALUES (new.id, new.account, new.name_key);
END;
CREATE TRIGGER grp_renamed AFTER UPDATE OF name_key ON entity WHEN new.kind = 2 BEGIN
    UPDATE grp SET name_key = new.name_key WHERE entity = new.id;
END;
CREATE TRIGGER membership_made AFTER INSERT ON membership BEGIN
    UPDATE user SET groups = groups + 1 WHERE entity = new.user;
    UPDATE grp SET users = users + 1 WHERE entity = new.grp;
END;
CREATE TRIGGER membership_gone AFTER DELETE ON membership BEGIN
    UPDATE user SET groups = groups - 1 WHERE entity = old.user;
    UPDATE grp SET users = users - 1 WHERE entity = old.grp;
END;

CREATE TABLE access_key (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    -- NULL for a key of the root user.
    user INTEGER REFERENCES entity ON DELETE CASCADE,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- The secret, sealed by the vault; NULL in a mirror.
    secret BLOB,
    last_used INTEGER,
    last_used_service TEXT,
    last_used_region TEXT,
    -- The owner's name in lower case, kept by triggers; empty for the root user.
    owner TEXT NOT NULL DEFAULT '',
    used_order INTEGER AS (ifnull(last_used, 0))
);
CREATE INDEX access_key_user ON access_key (user, created);
CREATE INDEX access_key_owner ON access_key (account, owner, id);
CREATE INDEX access_key_created ON access_key (account, created, id);
CREATE INDEX access_key_used ON access_key (account, used_order, id);
CREATE INDEX access_key_status ON access_key (account, status, id);
CREATE INDEX access_key_active ON access_key (account, created, used_order) WHERE status = 'Active';
-- Ids, three letters at a time: a part of one is enough to find it.
CREATE VIRTUAL TABLE access_key_search USING fts5 (
    id, content = 'access_key', content_rowid = 'rowid', tokenize = 'trigram', detail = 'none', columnsize = 0
);
CREATE TRIGGER access_key_indexed AFTER INSERT ON access_key BEGIN
    INSERT INTO access_key_search (rowid, id) VALUES (new.rowid, new.id);
END;
CREATE TRIGGER access_key_unindexed AFTER DELETE ON access_key BEGIN
    INSERT INTO access_key_search (access_key_search, rowid, id) VALUES ('delete', old.rowid, old.id);
END;
CREATE TRIGGER access_key_counted AFTER INSERT ON access_key BEGIN
    INSERT INTO tally VALUES (new.account, 0, 1) ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER access_key_uncounted AFTER DELETE ON access_key BEGIN
    UPDATE tally SET count = count - 1 WHERE account = old.account AND kind = 0;
END;
CREATE TRIGGER access_key_owned AFTER INSERT ON access_key WHEN new.user IS NOT NULL BEGIN
    UPDATE access_key SET owner = (SELECT name_key FROM entity WHERE id = new.user) WHERE rowid = new.rowid;
END;
CREATE TRIGGER access_key_owner_renamed AFTER UPDATE OF name_key ON entity WHEN new.kind = 1 BEGIN
    UPDATE access_key SET owner = new.name_key WHERE user = new.id;
END;
CREATE TRIGGER access_key_made AFTER INSERT ON access_key WHEN new.user IS NOT NULL BEGIN
    UPDATE user SET oldest_key = (SELECT min(created) FROM access_key WHERE user = new.user AND status = 'Active')
    WHERE entity = new.user;
    UPDATE entity SET activity = max(ifnull(activity, new.last_used), new.last_used)
    WHERE id = new.user AND new.last_used IS NOT NULL;
END;
CREATE TRIGGER access_key_changed AFTER UPDATE OF status, created, user ON access_key WHEN new.user IS NOT NULL BEGIN
    UPDATE user SET oldest_key = (SELECT min(created) FROM access_key WHERE user = new.user AND status = 'Active')
    WHERE entity = new.user;
END;
CREATE TRIGGER access_key_was_used AFTER UPDATE OF last_used ON access_key WHEN new.user IS NOT NULL BEGIN
    UPDATE entity SET activity = max(ifnull(activity, new.last_used), new.last_used)
    WHERE id = new.user AND new.last_used IS NOT NULL;
END;
CREATE TRIGGER access_key_gone AFTER DELETE ON access_key WHEN old.user IS NOT NULL BEGIN
    UPDATE user SET oldest_key = (SELECT min(created) FROM access_key WHERE user = old.user AND status = 'Active')
    WHERE entity = old.user;
END;

CREATE TABLE role (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    trust TEXT NOT NULL,
    -- Principals of the trust policy and the unique ids they were resolved to when it was saved, as JSON.
    trusted TEXT NOT NULL DEFAULT '{}',
    max_session INTEGER NOT NULL DEFAULT 3600,
    last_used INTEGER,
    last_used_region TEXT,
    -- The service of a service-linked role.
    service TEXT
);
CREATE TRIGGER role_was_used AFTER UPDATE OF last_used ON role BEGIN
    UPDATE entity SET activity = new.last_used WHERE id = new.entity;
END;

CREATE TABLE policy (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    account INTEGER NOT NULL,
    name_key TEXT NOT NULL,
    default_version INTEGER NOT NULL,
    -- The number of the newest version there ever was; numbers are never given again.
    latest_version INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    attachments INTEGER NOT NULL DEFAULT 0,
    boundaries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX policy_attachments ON policy (account, attachments, name_key);
CREATE INDEX policy_updated ON policy (account, updated, name_key);
CREATE INDEX policy_name ON policy (account, name_key);
CREATE TABLE policy_version (
    policy INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    account INTEGER NOT NULL,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (policy, number)
);
-- How many policy versions an account has.
CREATE TABLE version_tally (
    account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    versions INTEGER NOT NULL
);
CREATE TRIGGER policy_version_counted AFTER INSERT ON policy_version BEGIN
    INSERT INTO version_tally VALUES (new.account, 1)
    ON CONFLICT DO UPDATE SET versions = versions + 1;
END;
CREATE TRIGGER policy_version_uncounted AFTER DELETE ON policy_version BEGIN
    UPDATE version_tally SET versions = versions - 1 WHERE account = old.account;
END;
CREATE TRIGGER policy_renamed AFTER UPDATE OF name_key ON entity WHEN new.kind = 4 BEGIN
    UPDATE policy SET name_key = new.name_key WHERE entity = new.id;
END;

CREATE TABLE attachment (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    policy_arn TEXT NOT NULL,
    -- NULL for an AWS managed policy, whose document is not in the store.
    policy INTEGER REFERENCES entity,
    account INTEGER NOT NULL,
    PRIMARY KEY (entity, policy_arn)
) WITHOUT ROWID;
CREATE INDEX attachment_policy ON attachment (policy_arn, entity);
CREATE INDEX attachment_own ON attachment (policy) WHERE policy IS NOT NULL;
CREATE TRIGGER attachment_made AFTER INSERT ON attachment WHEN new.policy IS NOT NULL BEGIN
    UPDATE policy SET attachments = attachments + 1 WHERE entity = new.policy;
END;
CREATE TRIGGER attachment_gone AFTER DELETE ON attachment WHEN old.policy IS NOT NULL BEGIN
    UPDATE policy SET attachments = attachments - 1 WHERE entity = old.policy;
END;
-- How often an account uses an AWS managed policy: attached, and as a boundary. Kept by triggers.
CREATE TABLE managed_use (
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    policy_arn TEXT NOT NULL,
    attachments INTEGER NOT NULL DEFAULT 0,
    boundaries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, policy_arn)
) WITHOUT ROWID;
CREATE TRIGGER managed_attached AFTER INSERT ON attachment WHEN new.policy IS NULL BEGIN
    INSERT INTO managed_use (account, policy_arn, attachments) VALUES (new.account, new.policy_arn, 1)
    ON CONFLICT DO UPDATE SET attachments = attachments + 1;
END;
CREATE TRIGGER managed_detached AFTER DELETE ON attachment WHEN old.policy IS NULL BEGIN
    UPDATE managed_use SET attachments = attachments - 1
    WHERE account = old.account AND policy_arn = old.policy_arn;
END;
CREATE TRIGGER managed_boundary_made AFTER INSERT ON entity WHEN new.boundary LIKE 'arn:%:iam::aws:policy/%' BEGIN
    INSERT INTO managed_use (account, policy_arn, boundaries) VALUES (new.account, new.boundary, 1)
    ON CONFLICT DO UPDATE SET boundaries = boundaries + 1;
END;
CREATE TRIGGER managed_boundary_put AFTER UPDATE OF boundary ON entity
WHEN new.boundary LIKE 'arn:%:iam::aws:policy/%' BEGIN
    INSERT INTO managed_use (account, policy_arn, boundaries) VALUES (new.account, new.boundary, 1)
    ON CONFLICT DO UPDATE SET boundaries = boundaries + 1;
END;
CREATE TRIGGER managed_boundary_taken AFTER UPDATE OF boundary ON entity WHEN old.boundary IS NOT NULL BEGIN
    UPDATE managed_use SET boundaries = boundaries - 1 WHERE account = old.account AND policy_arn = old.boundary;
END;
CREATE TRIGGER managed_boundary_gone AFTER DELETE ON entity WHEN old.boundary IS NOT NULL BEGIN
    UPDATE managed_use SET boundaries = boundaries - 1 WHERE account = old.account AND policy_arn = old.boundary;
END;
CREATE TRIGGER boundary_made AFTER INSERT ON entity WHEN new.boundary IS NOT NULL BEGIN
    UPDATE policy SET boundaries = boundaries + 1
    WHERE entity = (SELECT id FROM entity WHERE account = new.account AND arn = new.boundary);
END;
CREATE TRIGGER boundary_changed AFTER UPDATE OF boundary ON entity BEGIN
    UPDATE policy SET boundaries = boundaries - 1
    WHERE entity = (SELECT id FROM entity WHERE account = old.account AND arn = old.boundary);
    UPDATE policy SET boundaries = boundaries + 1
    WHERE entity = (SELECT id FROM entity WHERE account = new.account AND arn = new.boundary);
END;
CREATE TRIGGER boundary_gone AFTER DELETE ON entity WHEN old.boundary IS NOT NULL BEGIN
    UPDATE policy SET boundaries = boundaries - 1
    WHERE entity = (SELECT id FROM entity WHERE account = old.account AND arn = old.boundary);
END;

CREATE TABLE instance_profile_role (
    profile INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    role INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    PRIMARY KEY (profile, role)
) WITHOUT ROWID;
CREATE INDEX instance_profile_of_role ON instance_profile_role (role, profile);

CREATE TABLE inline_policy (
    entity INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (entity, name)
);

-- Every change, and every change that was refused: who, when, what, and how it ended. Secrets are never in it.
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    at INTEGER NOT NULL,
    caller TEXT NOT NULL,
    operation TEXT NOT NULL,
    input TEXT NOT NULL,
    -- NULL when it went well; otherwise the error's code.
    error TEXT
);
CREATE INDEX journal_account ON journal (account, id);

-- Credentials and providers. Secrets are sealed by the vault under the id or ARN of what they belong to; they are NULL in
-- a mirror.

CREATE TABLE mfa_device (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    -- Whose it is: a user, or the root user; nobody's until it is enabled.
    user INTEGER REFERENCES entity,
    root INTEGER NOT NULL DEFAULT 0,
    enabled INTEGER,
    -- The sealed seed of a virtual device.
    seed BLOB,
    -- By how many steps of 30 seconds its clock is ahead of ours, and the last step whose code was taken.
    drift INTEGER NOT NULL DEFAULT 0,
    last_step INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX mfa_device_user ON mfa_device (user) WHERE user IS NOT NULL;
CREATE TRIGGER mfa_device_made AFTER INSERT ON mfa_device WHEN new.user IS NOT NULL BEGIN
    UPDATE user SET mfa_devices = mfa_devices + 1 WHERE entity = new.user;
END;
CREATE TRIGGER mfa_device_moved AFTER UPDATE OF user ON mfa_device BEGIN
    UPDATE user SET mfa_devices = mfa_devices - 1 WHERE entity = old.user;
    UPDATE user SET mfa_devices = mfa_devices + 1 WHERE entity = new.user;
END;
CREATE TRIGGER mfa_device_gone AFTER DELETE ON mfa_device WHEN old.user IS NOT NULL BEGIN
    UPDATE user SET mfa_devices = mfa_devices - 1 WHERE entity = old.user;
END;

CREATE TABLE signing_certificate (
    id TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    body TEXT NOT NULL,
    -- SHA-256 of the DER, in hex: a certificate is uploaded once.
    digest TEXT NOT NULL,
    status TEXT NOT NULL,
    uploaded INTEGER NOT NULL
);
CREATE INDEX signing_certificate_user ON signing_certificate (user, id);

CREATE TABLE ssh_public_key (
    id TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    body TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL,
    uploaded INTEGER NOT NULL
);
CREATE INDEX ssh_public_key_user ON ssh_public_key (user, id);

CREATE TABLE service_credential (
    id TEXT PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    service TEXT NOT NULL,
    -- The service user name, or for a bearer token its alias. It stays when the user is renamed.
    alias TEXT NOT NULL,
    secret BLOB,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER
);
CREATE INDEX service_credential_user ON service_credential (user, id);

CREATE TABLE server_certificate (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    body TEXT NOT NULL,
    chain TEXT,
    private_key BLOB,
    expires INTEGER NOT NULL
);

CREATE TABLE saml_provider (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    uuid TEXT NOT NULL,
    metadata TEXT NOT NULL,
    valid_until INTEGER NOT NULL,
    encryption TEXT NOT NULL DEFAULT 'Allowed'
);
CREATE TABLE saml_key (
    id TEXT PRIMARY KEY,
    provider INTEGER NOT NULL REFERENCES entity ON DELETE CASCADE,
    private_key BLOB,
    added INTEGER NOT NULL
);
CREATE INDEX saml_key_provider ON saml_key (provider, added);

CREATE TABLE oidc_provider (
    entity INTEGER PRIMARY KEY REFERENCES entity ON DELETE CASCADE,
    -- JSON lists.
    clients TEXT NOT NULL,
    thumbprints TEXT NOT NULL,
    -- The provider's key set (RFC 7517), as it was last read from it; NULL before.
    keys TEXT
);

CREATE TABLE deletion_task (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    role TEXT NOT NULL,
    created INTEGER NOT NULL
);

CREATE TABLE credential_report (
    account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    generated INTEGER NOT NULL,
    content BLOB NOT NULL
);

-- Jobs of the access advisor: of an entity, or with an Organizations path, of an organization.
CREATE TABLE advisor_job (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    arn TEXT NOT NULL,
    granularity TEXT NOT NULL,
    created INTEGER NOT NULL
);

CREATE TABLE delegation_request (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    workflow TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- The request as `GetDelegationRequest` answers it, as JSON.
    request TEXT NOT NULL
);
CREATE INDEX delegation_request_account ON delegation_request (account, id);

-- Temporary credentials, sealed whole: secret, token, whose they are and what they carry.
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
    sealed BLOB NOT NULL,
    expires INTEGER NOT NULL
);
CREATE INDEX session_expires ON session (expires);
