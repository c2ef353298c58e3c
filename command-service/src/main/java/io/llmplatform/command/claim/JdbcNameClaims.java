package io.llmplatform.command.claim;

import io.llmplatform.command.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Claims in {@code identity.claim}. */
@Component
class JdbcNameClaims implements NameClaims {
    private final JdbcTemplate jdbc;

    JdbcNameClaims(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void claim(Kind kind, String name, String ownerId) {
        if (inserted(kind, kind.normalised(name), ownerId) == 0) {
            throw new Refusal.NameTaken(kind.label(), kind.field(), name);
        }
    }

    private int inserted(Kind kind, String name, String ownerId) {
        try {
            return jdbc.update(
                    "insert into identity.claim (kind, name, owner_id) values (?, ?, ?) on conflict (kind, name) do nothing",
                    kind.label(),
                    name,
                    ownerId);
        } catch (DuplicateKeyException e) {
            // The owner has got another name since this transaction released the former one: renamed elsewhere.
            throw new ConcurrencyException(kind.label() + " " + ownerId + " is being renamed by others too", e);
        }
    }

    @Override
    public void release(Kind kind, String ownerId) {
        jdbc.update("delete from identity.claim where kind = ? and owner_id = ?", kind.label(), ownerId);
    }

    @Override
    public Optional<String> ownerOf(Kind kind, String name) {
        return jdbc
                .queryForList(
                        "select owner_id from identity.claim where kind = ? and name = ?",
                        String.class,
                        kind.label(),
                        kind.normalised(name))
                .stream()
                .findFirst();
    }

    @Override
    public boolean isOwner(Kind kind, String ownerId) {
        return !jdbc.queryForList(
                        "select 1 from identity.claim where kind = ? and owner_id = ?",
                        Integer.class,
                        kind.label(),
                        ownerId)
                .isEmpty();
    }

    @Override
    public Optional<String> nameOf(Kind kind, String ownerId) {
        return jdbc
                .queryForList(
                        "select name from identity.claim where kind = ? and owner_id = ?",
                        String.class,
                        kind.label(),
                        ownerId)
                .stream()
                .findFirst();
    }

    @Override
    public List<String> owners(Kind kind) {
        return jdbc.queryForList(
                "select owner_id from identity.claim where kind = ? order by owner_id", String.class, kind.label());
    }
}
