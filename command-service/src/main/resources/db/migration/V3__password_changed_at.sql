-- Access tokens minted before it are refused. Whole seconds, as in a token; null while the first password is in use.
alter table identity.account add column password_changed_at timestamptz;
