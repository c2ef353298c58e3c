-- Which person of the OpenID provider is which account. The key is a keyed hash of issuer and subject.
create table identity.sso_link (
    identity_key text primary key,
    user_id      text not null unique references identity.account
);
