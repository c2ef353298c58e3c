package io.llmplatform.command.sso;

import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.ProtectedHeader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;

/** Verifies ID tokens (OpenID Connect Core 3.1.3.7): signature, issuer, audience, time and nonce. */
final class IdTokens {
    /** Public-key signatures only: neither {@code none}, nor a secret that the provider and we share. */
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final Duration SKEW = Duration.ofMinutes(1);

    private final SsoSettings settings;
    private final ProviderKeys keys;
    private final Clock clock;

    IdTokens(SsoSettings settings, ProviderKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /** @throws SsoFailure refused unless it is the provider's, for us, in force and of the login with that nonce */
    Claims verified(String token, String nonce, URI keySet) {
        try {
            var jws = Jwts.parser()
                    .json(JwkJson.claims())
                    .keyLocator(header -> key(header, keySet))
                    .requireIssuer(settings.issuer().toString())
                    .requireAudience(settings.clientId())
                    .clock(() -> Date.from(clock.instant()))
                    .clockSkewSeconds(SKEW.toSeconds())
                    .build()
                    .parseSignedClaims(token);
            check(jws, nonce);
            return new Claims(jws.getPayload());
        } catch (JwtException | IllegalArgumentException e) {
            throw SsoFailure.refused(
                    "the ID token is not acceptable: " + e.getClass().getSimpleName());
        }
    }

    private Key key(io.jsonwebtoken.Header header, URI keySet) {
        if (!(header instanceof JwsHeader signed) || !ALGORITHMS.contains(String.valueOf(signed.getAlgorithm()))) {
            throw SsoFailure.refused("the ID token is signed in a way that is not allowed");
        }
        var id = ((ProtectedHeader) signed).getKeyId();
        return keys.find(keySet, String.valueOf(id))
                .orElseThrow(
                        () -> SsoFailure.refused("the ID token is signed with a key that the provider does not have"));
    }

    private void check(Jws<io.jsonwebtoken.Claims> jws, String nonce) {
        var claims = jws.getPayload();
        if (claims.getExpiration() == null
                || claims.getSubject() == null
                || claims.getSubject().isEmpty()) {
            throw SsoFailure.refused("the ID token has no expiry or no subject");
        }
        if (claims.getAudience().size() > 1 && !settings.clientId().equals(claims.get("azp"))) {
            throw SsoFailure.refused("the ID token was issued to somebody else");
        }
        if (!(claims.get("nonce") instanceof String given) || !MessageDigest.isEqual(bytes(given), bytes(nonce))) {
            throw SsoFailure.refused("the ID token belongs to another login");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
