package io.llmplatform.proxy.auth;

import io.llmplatform.contracts.apikey.ApiKeys;
import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Reason;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.config.LiveConfig;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Turns the credential of a request into a caller. Everything but the first sight of a session token is answered from
 * memory, against the configuration of this very moment: a revocation acts on the next request.
 */
public final class Authenticator {
    private static final String BEARER = "bearer ";
    private static final int MAX_TOKEN = 4096;

    private final LiveConfig config;
    private final Clock clock;
    private final KeyHasher hasher;
    private final AccessTokenVerifier tokens;

    /** @param pepper {@code Secrets.keyBytes(API_KEY_PEPPER, "api-key-pepper")} */
    public Authenticator(LiveConfig config, byte[] pepper, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.hasher = new KeyHasher(pepper);
        this.tokens = new AccessTokenVerifier(config, clock);
    }

    /** Completed on return, except for a session token seen for the first time: that one on the caller's context. */
    public Future<AuthResult> authenticate(MultiMap headers, Vertx vertx) {
        var credential = credential(headers);
        if (credential == null) {
            return Future.succeededFuture(new Refused(Reason.MISSING, null));
        }
        if (ApiKeys.wellFormed(credential)) {
            return Future.succeededFuture(byKey(credential));
        }
        if (!looksLikeToken(credential)) {
            return Future.succeededFuture(new Refused(Reason.MALFORMED, null));
        }
        var recalled = tokens.recall(credential);
        if (recalled != null) {
            return Future.succeededFuture(bySession(recalled));
        }
        return vertx.executeBlocking(() -> tokens.verify(credential), false).map(this::bySession);
    }

    private AuthResult byKey(String credential) {
        var snapshot = config.current();
        var hash = hasher.hash(credential);
        var key = snapshot.apiKey(hash);
        if (key == null) {
            return new Refused(Reason.UNKNOWN, null);
        }
        var caller = caller(key.userId(), key);
        boolean current = hash.equals(key.hash());
        return judged(AccessRules.standing(key, current, caller.user(), caller.team(), clock.instant()), caller);
    }

    private AuthResult bySession(AccessTokenVerifier.@Nullable Verified verified) {
        if (verified == null) {
            return new Refused(Reason.UNKNOWN, null);
        }
        var caller = caller(verified.userId(), null);
        return config.current().isClosedSession(verified.sessionId())
                ? new Refused(Reason.SESSION_CLOSED, caller)
                : judged(AccessRules.standing(false, caller.user(), caller.team()), caller);
    }

    /** @param userId absent for a service key */
    private Caller caller(@Nullable String userId, ConfigRecord.@Nullable ApiKey key) {
        var snapshot = config.current();
        var user = userId == null ? null : snapshot.user(userId);
        var teamId = AccessRules.teamId(key, user);
        return new Caller(userId, user, teamId == null ? null : snapshot.team(teamId), key);
    }

    private static AuthResult judged(AccessRules.Standing standing, Caller caller) {
        return switch (standing) {
            case ACTIVE -> new Accepted(caller);
            case KEY_DISABLED -> new Refused(Reason.DISABLED, caller);
            case KEY_EXPIRED -> new Refused(Reason.EXPIRED, caller);
            case USER_DISABLED -> new Refused(Reason.USER_DISABLED, caller);
            case TEAM_DISABLED -> new Refused(Reason.TEAM_DISABLED, caller);
        };
    }

    private static @Nullable String credential(MultiMap headers) {
        var authorization = headers.get(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        var apiKey = headers.get("x-api-key");
        if (apiKey != null) {
            return apiKey.strip();
        }
        return authorization;
    }

    private static boolean looksLikeToken(String credential) {
        int first = credential.indexOf('.');
        int last = credential.lastIndexOf('.');
        return credential.length() <= MAX_TOKEN && first > 0 && last > first && last < credential.length() - 1;
    }
}
