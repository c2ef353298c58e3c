delete from closed_session where tokens_expire_at < :before
