package io.llmplatform.command.token;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.llmplatform.command.settings.PlatformSettings;
import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.http.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Mints and verifies access tokens ({@link AccessTokens}). */
@Component
public class AccessTokenMint {
    private final SigningKeyPair keys;
    private final Duration lifetime;
    private final Clock clock;
    private final JwtParser parser;

    AccessTokenMint(SigningKeyPair keys, PlatformSettings settings, Clock clock) {
        this.keys = keys;
        this.lifetime = settings.accessTokenLifetime();
        this.clock = clock;
        this.parser = Jwts.parser()
                .json(new TokenJson.Reading())
                .verifyWith(keys.verifying())
                .requireIssuer(AccessTokens.ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    /** A token for that person, valid from now on for {@link #lifetime()}. */
    public String mint(String userId, String username, Role role) {
        var now = clock.instant();
        return Jwts.builder()
                .json(new TokenJson.Writer())
                .header()
                .keyId(keys.id())
                .and()
                .issuer(AccessTokens.ISSUER)
                .subject(userId)
                .claim(AccessTokens.NAME, username)
                .claim(AccessTokens.ROLE, role.wire())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(lifetime)))
                .id(UUID.randomUUID().toString())
                .signWith(keys.signing(), Jwts.SIG.EdDSA)
                .compact();
    }

    public Duration lifetime() {
        return lifetime;
    }

    /** What a token says that is ours and not expired; nothing for any other text. */
    public Optional<Verified> verified(String token) {
        try {
            return Optional.of(parser.parseSignedClaims(token).getPayload())
                    .filter(claims -> claims.getSubject() != null && claims.getIssuedAt() != null)
                    .map(claims -> new Verified(
                            claims.getSubject(), claims.getIssuedAt().toInstant()));
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @param issuedAt in whole seconds */
    public record Verified(String userId, Instant issuedAt) {}
}
