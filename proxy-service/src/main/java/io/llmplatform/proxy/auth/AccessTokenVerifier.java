package io.llmplatform.proxy.auth;

import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.UnsupportedJwtException;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.io.DeserializationException;
import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.config.LiveConfig;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * Verifies the console's access tokens. A verified token is remembered by its hash until it expires, so that the
 * signature costs once per token; whether its session is open and its user active is asked anew each time by
 * {@link Authenticator}.
 */
final class AccessTokenVerifier {
    private static final int MAX_REMEMBERED = 10_000;

    private final LiveConfig config;
    private final Clock clock;
    private final JwtParser parser;
    private final Map<String, Verified> remembered = new ConcurrentHashMap<>();

    AccessTokenVerifier(LiveConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.parser = Jwts.parser()
                .keyLocator(header -> signingKey(header instanceof JwsHeader jws ? jws : null))
                .requireIssuer(AccessTokens.ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .json(new Jackson3Claims())
                .build();
    }

    /**
     * @param sessionId may have been closed since
     * @param keyId     the key it was verified with: must still be in force when the memory is used
     */
    record Verified(String userId, String sessionId, String keyId, Instant expiresAt) {}

    /** The remembered verdict, or null when there is none: then {@link #verify} must work. */
    @Nullable
    Verified recall(String token) {
        var verified = remembered.get(hash(token));
        return verified == null
                        || !clock.instant().isBefore(verified.expiresAt)
                        || config.current().signingKey(verified.keyId) == null
                ? null
                : verified;
    }

    /** Null when the token is none of ours. Costs a signature check: not for an event loop. */
    @Nullable
    Verified verify(String token) {
        try {
            var jws = parser.parseSignedClaims(token);
            var claims = jws.getPayload();
            if (claims.getSubject() == null
                    || claims.getExpiration() == null
                    || !(claims.get(AccessTokens.SESSION) instanceof String session)) {
                return null;
            }
            var verified = new Verified(
                    claims.getSubject(),
                    session,
                    jws.getHeader().getKeyId(),
                    claims.getExpiration().toInstant());
            if (remembered.size() >= MAX_REMEMBERED) {
                var now = clock.instant();
                remembered.values().removeIf(old -> !now.isBefore(old.expiresAt));
            }
            if (remembered.size() < MAX_REMEMBERED) {
                remembered.put(hash(token), verified);
            }
            return verified;
        } catch (JwtException | IllegalArgumentException e) {
            return null;
        }
    }

    private Key signingKey(@Nullable JwsHeader header) {
        var key = header == null || header.getKeyId() == null
                ? null
                : config.current().signingKey(header.getKeyId());
        if (key == null || header == null || !"EdDSA".equals(header.getAlgorithm())) {
            throw new UnsupportedJwtException("no such signing key");
        }
        return key;
    }

    private static String hash(String token) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder().encodeToString(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** jjwt brings adapters for Jackson 2 only. */
    private static final class Jackson3Claims extends AbstractDeserializer<Map<String, ?>> {
        @Override
        protected Map<String, ?> doDeserialize(Reader reader) {
            try {
                return ContractJson.mapper().readValue(reader, new TypeReference<Map<String, Object>>() {});
            } catch (JacksonException e) {
                throw new DeserializationException("not JSON", e);
            }
        }
    }
}
