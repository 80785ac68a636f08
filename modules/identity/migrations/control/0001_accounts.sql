-- People who sign in, and how. The columns of account, credential, session, verification and two_factor are those that
-- Better Auth expects (engineTables.test.ts compares them); mail_link, lockout and used_code are our own.
CREATE SCHEMA identity_control;

CREATE TABLE identity_control.account (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text NOT NULL,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  locale text NOT NULL,
  two_factor_enabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- A way to prove who one is: a password now, another provider's word later.
CREATE TABLE identity_control.credential (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES identity_control.account ON DELETE CASCADE,
  provider_id text NOT NULL,
  provider_account_id text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, provider_account_id)
);
CREATE INDEX credential_account ON identity_control.credential (account_id);

CREATE TABLE identity_control.session (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL REFERENCES identity_control.account ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  -- The network it began in, never the whole address.
  ip_address text,
  user_agent text,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_account ON identity_control.session (account_id);
CREATE INDEX session_expiry ON identity_control.session (expires_at);

-- Better Auth's short-lived secrets: second steps of a sign-in that are waiting, and devices that skip the second step.
CREATE TABLE identity_control.verification (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_identifier ON identity_control.verification (identifier);
CREATE INDEX verification_value ON identity_control.verification (value);
CREATE INDEX verification_expiry ON identity_control.verification (expires_at);

-- Secrets are encrypted by the application.
CREATE TABLE identity_control.two_factor (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  account_id uuid NOT NULL UNIQUE REFERENCES identity_control.account ON DELETE CASCADE,
  secret text NOT NULL,
  backup_codes text NOT NULL,
  verified boolean NOT NULL DEFAULT true,
  failed_verification_count integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);

-- A link in a mail. It works once; only the hash of its token is kept.
CREATE TABLE identity_control.mail_link (
  token_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('confirm_email', 'reset_password')),
  account_id uuid NOT NULL REFERENCES identity_control.account ON DELETE CASCADE,
  -- The address that the click proves; for a change of address it is not yet the account's.
  email text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX mail_link_account ON identity_control.mail_link (account_id);
CREATE INDEX mail_link_expiry ON identity_control.mail_link (expires_at);

-- Wrong guesses by what they are counted for (a keyed hash: neither addresses nor e-mails are kept here).
CREATE TABLE identity_control.lockout (
  key text PRIMARY KEY,
  failures integer NOT NULL,
  window_started_at timestamptz NOT NULL,
  locks integer NOT NULL DEFAULT 0,
  locked_until timestamptz
);
CREATE INDEX lockout_window ON identity_control.lockout (window_started_at);

-- An authenticator's code works once, though its half minute is not over.
CREATE TABLE identity_control.used_code (
  account_id uuid NOT NULL REFERENCES identity_control.account ON DELETE CASCADE,
  code_hash text NOT NULL,
  used_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, code_hash)
);

GRANT USAGE ON SCHEMA identity_control TO milpa_control;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA identity_control TO milpa_control;
