package io.llmplatform.command.token;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.http.Role;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Mints and verifies access tokens ({@link AccessTokens}). */
@Component
public class AccessTokenMint {
    private final SigningKeyPair keys;
    private final Clock clock;
    private final JwtParser parser;

    AccessTokenMint(SigningKeyPair keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.parser = Jwts.parser()
                .json(new TokenJson.Reading())
                .verifyWith(keys.verifying())
                .requireIssuer(AccessTokens.ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    /** A token for a session of that person, valid from now on until that instant, in whole seconds. */
    public String mint(String userId, String username, Role role, String sessionId, Instant until) {
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
                .claim(AccessTokens.SESSION, sessionId)
                .issuedAt(Date.from(now))
                .expiration(Date.from(until))
                .id(UUID.randomUUID().toString())
                .signWith(keys.signing(), Jwts.SIG.EdDSA)
                .compact();
    }

    /** What a token says that is ours and not expired; nothing for any other text. */
    public Optional<Verified> verified(String token) {
        try {
            return Optional.of(parser.parseSignedClaims(token).getPayload())
                    .filter(claims -> claims.getSubject() != null
                            && claims.getExpiration() != null
                            && claims.get(AccessTokens.SESSION) instanceof String)
                    .map(claims -> new Verified(claims.getSubject(), claims.get(AccessTokens.SESSION, String.class)));
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whose token it is and of which session, which may have been closed since. */
    public record Verified(String userId, String sessionId) {}
}
