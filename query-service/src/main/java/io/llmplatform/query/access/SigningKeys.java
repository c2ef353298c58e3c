package io.llmplatform.query.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Public keys of access tokens, held in memory and looked up anew when they are older than half a second: by then a
 * retired one is refused. With the database away the ones last seen stay in force.
 */
@Component
class SigningKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    /** Anybody can make up key ids; the database shall not hear of it more often than this. */
    private static final Duration BETWEEN_LOADS = Duration.ofMillis(500);

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile Instant lastLoad = Instant.MIN;

    SigningKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The key of that id, null when there is none in force. */
    @Nullable
    PublicKey find(String kid) {
        try {
            load();
        } catch (DataAccessException e) {
            var known = keys.get(kid);
            if (known == null) {
                throw e;
            }
            return known;
        }
        return keys.get(kid);
    }

    private boolean isFresh(Instant now) {
        return now.isBefore(lastLoad.plus(BETWEEN_LOADS));
    }

    private void load() {
        if (!isFresh(clock.instant())) {
            loadOnce();
        }
    }

    private synchronized void loadOnce() {
        var now = clock.instant();
        if (isFresh(now)) {
            return; // somebody else has just loaded them
        }
        var loaded = new HashMap<String, PublicKey>();
        jdbc.sql("select id, public_key from readmodel.signing_key where algorithm = 'Ed25519' and retired_at is null")
                .query((row, number) -> Map.entry(row.getString("id"), row.getString("public_key")))
                .list()
                .forEach(entry -> decode(entry.getKey(), entry.getValue(), loaded));
        keys = Map.copyOf(loaded);
        lastLoad = now;
    }

    private static void decode(String kid, String base64, Map<String, PublicKey> into) {
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
            into.put(kid, KeyFactory.getInstance("Ed25519").generatePublic(spec));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            LOG.error("signing key {} cannot be read", kid, e);
        }
    }
}
