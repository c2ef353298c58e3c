-- A canary for each version of the key-encryption key that something may still be sealed with; its id is the version.
alter table identity.key_canary drop constraint key_canary_id_check;
update identity.key_canary set id = kek;
