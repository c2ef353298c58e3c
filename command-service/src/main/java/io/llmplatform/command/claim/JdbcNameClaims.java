package io.llmplatform.command.claim;

import io.llmplatform.command.personal.SealedColumns;
import io.llmplatform.command.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Claims in {@code identity.claim}. Names of people are there as hashes only. */
@Component
class JdbcNameClaims implements NameClaims {
    private final JdbcTemplate jdbc;
    private final SealedColumns sealed;

    JdbcNameClaims(JdbcTemplate jdbc, SealedColumns sealed) {
        this.jdbc = jdbc;
        this.sealed = sealed;
    }

    @Override
    public void claim(Kind kind, String name, String ownerId) {
        if (inserted(kind, stored(kind, name), ownerId) == 0) {
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
                        stored(kind, name))
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

    private String stored(Kind kind, String name) {
        var normalised = kind.normalised(name);
        return kind == Kind.USER ? sealed.indexed(kind.label(), normalised) : normalised;
    }

    @Override
    public Optional<String> nameOf(Kind kind, String ownerId) {
        if (kind == Kind.USER) {
            throw new IllegalArgumentException("names of people cannot be read back");
        }
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
