delete from readmodel.closed_session where tokens_expire_at < :before
