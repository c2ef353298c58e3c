package io.llmplatform.command.sso;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PublicJwk;
import java.net.URI;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The provider's public keys. Looked up anew when a token names one that is not known, at most once in ten seconds. */
final class ProviderKeys {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final ProviderHttp http;
    private final Clock clock;
    private Map<String, PublicKey> byId = Map.of();
    private Instant readAt = Instant.MIN;

    ProviderKeys(ProviderHttp http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /** @throws SsoFailure an outage when the keys cannot be had */
    synchronized Optional<PublicKey> find(URI url, String id) {
        var now = clock.instant();
        if (readAt.equals(Instant.MIN)
                || now.isAfter(readAt.plus(LIFETIME))
                || !byId.containsKey(id) && now.isAfter(readAt.plus(PAUSE))) {
            byId = read(url);
            readAt = now;
        }
        return Optional.ofNullable(byId.get(id));
    }

    private Map<String, PublicKey> read(URI url) {
        try {
            var keys = Jwks.setParser()
                    .json(JwkJson.claims())
                    .ignoreUnsupported(true)
                    .build()
                    .parse(http.get(url).toString());
            return keys.getKeys().stream()
                    .filter(ProviderKeys::signs)
                    .collect(Collectors.toUnmodifiableMap(
                            Jwk::getId, key -> (PublicKey) key.toKey(), (first, _) -> first));
        } catch (IllegalArgumentException | JwtException e) {
            throw SsoFailure.outage("the provider's keys cannot be read");
        }
    }

    private static boolean signs(Jwk<?> key) {
        return key instanceof PublicJwk<?> open
                && key.getId() != null
                && (open.getPublicKeyUse() == null || open.getPublicKeyUse().equals("sig"));
    }
}
