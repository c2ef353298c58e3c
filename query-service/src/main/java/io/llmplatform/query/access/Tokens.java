package io.llmplatform.query.access;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.query.web.RefusedException;
import java.io.Reader;
import java.security.Key;
import java.time.Clock;
import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Verifies access tokens offline. */
@Component
class Tokens {
    private static final String SCHEME = "Bearer ";

    private final JwtParser parser;

    Tokens(SigningKeys keys, Clock clock) {
        this.parser = Jwts.parser()
                .keyLocator(header -> key(keys, header.get("kid")))
                .requireIssuer(AccessTokens.ISSUER)
                .clock(() -> Date.from(clock.instant()))
                .json(new Json())
                .build();
    }

    private static @Nullable Key key(SigningKeys keys, @Nullable Object kid) {
        return kid instanceof String text ? keys.find(text) : null;
    }

    /**
     * Whom a header such as {@code Bearer eyJ…} speaks for. Their session may have been closed since.
     *
     * @throws RefusedException 401 without saying which part of it is wrong
     */
    Login login(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw RefusedException.unauthorized("an access token is needed: Authorization: Bearer …");
        }
        try {
            var claims = parser.parseSignedClaims(
                            authorization.substring(SCHEME.length()).strip())
                    .getPayload();
            if (claims.getSubject() == null
                    || claims.getExpiration() == null
                    || !(claims.get(AccessTokens.SESSION) instanceof String session)) {
                throw RefusedException.unauthorized("the access token is not valid");
            }
            return new Login(claims.getSubject(), session);
        } catch (JwtException | IllegalArgumentException e) {
            throw RefusedException.unauthorized("the access token is not valid or has expired");
        }
    }

    record Login(String userId, String sessionId) {}

    /** jjwt's own JSON modules are made for Jackson 2. */
    private static final class Json extends AbstractDeserializer<Map<String, ?>> {
        @Override
        @SuppressWarnings("unchecked")
        protected Map<String, ?> doDeserialize(Reader reader) {
            return ContractJson.mapper().readValue(reader, Map.class);
        }
    }
}
