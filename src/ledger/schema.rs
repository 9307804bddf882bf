//! What the file looks like inside.

use crate::database::Layout;

/// The ledger as a file.
pub(super) static LAYOUT: Layout = Layout {
    file: super::FILE,
    // The letters "onrl".
    application: 0x6f6e_726c,
    steps: &[FIRST, SECOND, THIRD],
    parts: &[
        "name",
        "request",
        "request_by_time",
        "request_open",
        "daily",
        "counted",
        "request_begun",
        "request_changes",
        "request_changed",
    ],
    looks: &[
        "SELECT max(id) FROM name",
        "SELECT max(id) FROM request",
        "SELECT max(day) FROM daily WHERE server = (SELECT max(server) FROM daily)",
        "SELECT max(at) FROM request WHERE server = (SELECT max(server) FROM daily)",
    ],
    pragmas: &[],
};

/// Adds a request to the sums of its day.
macro_rules! add {
    () => {
        "    INSERT INTO daily
    SELECT server, day, model, provider, 1, prompt_tokens, completion_tokens, reasoning_tokens,
        cached_tokens, dollars, picos
    FROM counted WHERE id = NEW.id
    ON CONFLICT DO UPDATE SET
        requests = requests + 1,
        prompt_tokens = prompt_tokens + excluded.prompt_tokens,
        completion_tokens = completion_tokens + excluded.completion_tokens,
        reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
        cached_tokens = cached_tokens + excluded.cached_tokens,
        dollars = dollars + excluded.dollars,
        picos = picos + excluded.picos;
"
    };
}

/// Texts are kept once and named by number: a year of requests names few models and projects. Times
/// are microseconds since 1970 (UTC), amounts are pico-dollars, NULL is "nobody said".
///
/// The sums: dollars and the picos below one are summed apart, so that no sum of hostile amounts can
/// leave what an integer holds. `counted` says once what a request adds to which sum.
const FIRST: &str = concat!(
    "
CREATE TABLE name (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('ask', 'chat', 'test')),
    server INTEGER NOT NULL,
    project INTEGER,
    asked INTEGER NOT NULL,
    model INTEGER,
    provider INTEGER,
    generation TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'stopped', 'failed')),
    reason INTEGER,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    reasoning_tokens INTEGER,
    cached_tokens INTEGER,
    cost INTEGER,
    first_token INTEGER,
    took INTEGER,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1))
) STRICT;
CREATE INDEX request_by_time ON request (server, at);
CREATE INDEX request_open ON request (server, at) WHERE is_open;

CREATE TABLE daily (
    server INTEGER NOT NULL,
    day INTEGER NOT NULL,
    model INTEGER NOT NULL,
    provider INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    completion_tokens INTEGER NOT NULL,
    reasoning_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL,
    dollars INTEGER NOT NULL,
    picos INTEGER NOT NULL,
    PRIMARY KEY (server, day, model, provider)
) STRICT, WITHOUT ROWID;

CREATE VIEW counted AS SELECT
    id,
    server,
    at / 86400000000 - (at % 86400000000 < 0) AS day,
    coalesce(model, asked) AS model,
    coalesce(provider, 0) AS provider,
    coalesce(prompt_tokens, 0) AS prompt_tokens,
    coalesce(completion_tokens, 0) AS completion_tokens,
    coalesce(reasoning_tokens, 0) AS reasoning_tokens,
    coalesce(cached_tokens, 0) AS cached_tokens,
    coalesce(cost, 0) / 1000000000000 AS dollars,
    coalesce(cost, 0) % 1000000000000 AS picos
FROM request;

CREATE TRIGGER request_begun AFTER INSERT ON request BEGIN
",
    add!(),
    "END;

CREATE TRIGGER request_changes BEFORE UPDATE ON request BEGIN
    UPDATE daily SET
        requests = daily.requests - 1,
        prompt_tokens = daily.prompt_tokens - was.prompt_tokens,
        completion_tokens = daily.completion_tokens - was.completion_tokens,
        reasoning_tokens = daily.reasoning_tokens - was.reasoning_tokens,
        cached_tokens = daily.cached_tokens - was.cached_tokens,
        dollars = daily.dollars - was.dollars,
        picos = daily.picos - was.picos
    FROM counted AS was
    WHERE was.id = OLD.id AND daily.server = was.server AND daily.day = was.day
        AND daily.model = was.model AND daily.provider = was.provider;
END;

CREATE TRIGGER request_changed AFTER UPDATE ON request BEGIN
",
    add!(),
    "    DELETE FROM daily WHERE server = OLD.server
        AND day = OLD.at / 86400000000 - (OLD.at % 86400000000 < 0) AND requests = 0;
END;
"
);

/// Adds a request to the sums of its day, what ran on the person's own provider keys apart.
macro_rules! add_with_own_keys {
    () => {
        "    INSERT INTO daily (server, day, model, provider, requests, prompt_tokens, completion_tokens,
        reasoning_tokens, cached_tokens, dollars, picos, byok_dollars, byok_picos)
    SELECT server, day, model, provider, 1, prompt_tokens, completion_tokens, reasoning_tokens,
        cached_tokens, dollars, picos, byok_dollars, byok_picos
    FROM counted WHERE id = NEW.id
    ON CONFLICT DO UPDATE SET
        requests = requests + 1,
        prompt_tokens = prompt_tokens + excluded.prompt_tokens,
        completion_tokens = completion_tokens + excluded.completion_tokens,
        reasoning_tokens = reasoning_tokens + excluded.reasoning_tokens,
        cached_tokens = cached_tokens + excluded.cached_tokens,
        dollars = dollars + excluded.dollars,
        picos = picos + excluded.picos,
        byok_dollars = byok_dollars + excluded.byok_dollars,
        byok_picos = byok_picos + excluded.byok_picos;
"
    };
}

/// What a request cost on the person's own provider keys: never a part of `cost`. Nobody told it before, so
/// the older requests and sums have none.
const SECOND: &str = concat!(
    "
DROP TRIGGER request_begun;
DROP TRIGGER request_changes;
DROP TRIGGER request_changed;
DROP VIEW counted;

ALTER TABLE request ADD COLUMN byok_cost INTEGER;
ALTER TABLE daily ADD COLUMN byok_dollars INTEGER NOT NULL DEFAULT 0;
ALTER TABLE daily ADD COLUMN byok_picos INTEGER NOT NULL DEFAULT 0;

CREATE VIEW counted AS SELECT
    id,
    server,
    at / 86400000000 - (at % 86400000000 < 0) AS day,
    coalesce(model, asked) AS model,
    coalesce(provider, 0) AS provider,
    coalesce(prompt_tokens, 0) AS prompt_tokens,
    coalesce(completion_tokens, 0) AS completion_tokens,
    coalesce(reasoning_tokens, 0) AS reasoning_tokens,
    coalesce(cached_tokens, 0) AS cached_tokens,
    coalesce(cost, 0) / 1000000000000 AS dollars,
    coalesce(cost, 0) % 1000000000000 AS picos,
    coalesce(byok_cost, 0) / 1000000000000 AS byok_dollars,
    coalesce(byok_cost, 0) % 1000000000000 AS byok_picos
FROM request;

CREATE TRIGGER request_begun AFTER INSERT ON request BEGIN
",
    add_with_own_keys!(),
    "END;

CREATE TRIGGER request_changes BEFORE UPDATE ON request BEGIN
    UPDATE daily SET
        requests = daily.requests - 1,
        prompt_tokens = daily.prompt_tokens - was.prompt_tokens,
        completion_tokens = daily.completion_tokens - was.completion_tokens,
        reasoning_tokens = daily.reasoning_tokens - was.reasoning_tokens,
        cached_tokens = daily.cached_tokens - was.cached_tokens,
        dollars = daily.dollars - was.dollars,
        picos = daily.picos - was.picos,
        byok_dollars = daily.byok_dollars - was.byok_dollars,
        byok_picos = daily.byok_picos - was.byok_picos
    FROM counted AS was
    WHERE was.id = OLD.id AND daily.server = was.server AND daily.day = was.day
        AND daily.model = was.model AND daily.provider = was.provider;
END;

CREATE TRIGGER request_changed AFTER UPDATE ON request BEGIN
",
    add_with_own_keys!(),
    "    DELETE FROM daily WHERE server = OLD.server
        AND day = OLD.at / 86400000000 - (OLD.at % 86400000000 < 0) AND requests = 0;
END;
"
);

/// When the server was asked last about a request that is open, and did not know of it: others come before it then.
const THIRD: &str = "ALTER TABLE request ADD COLUMN looked_up INTEGER;";
