package io.llmplatform.command.login;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.session.RefreshToken;
import io.llmplatform.command.session.RefreshTokens;
import io.llmplatform.command.session.RefreshTokens.Exchange;
import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.command.session.SessionCommand.OpenSession;
import io.llmplatform.command.session.SessionCommand.Opening;
import io.llmplatform.command.session.SessionLifetimes;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.command.token.AccessTokenMint;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import io.llmplatform.contracts.id.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hands out access and refresh tokens: for a checked login, and for a refresh token. */
@Component
class Grants {
    /** Sessions of one person at a time; a further login ends the one that was not used for the longest time. */
    static final int MOST_SESSIONS = 100;

    private final Sessions sessions;
    private final RefreshTokens refreshTokens;
    private final SessionLifetimes lifetimes;
    private final AccessTokenMint tokens;
    private final Accounts accounts;
    private final Commands commands;
    private final SystemCommands system;
    private final Ids ids;
    private final Clock clock;

    Grants(
            Sessions sessions,
            RefreshTokens refreshTokens,
            SessionLifetimes lifetimes,
            AccessTokenMint tokens,
            Accounts accounts,
            Commands commands,
            SystemCommands system,
            Ids ids,
            Clock clock) {
        this.sessions = sessions;
        this.refreshTokens = refreshTokens;
        this.lifetimes = lifetimes;
        this.tokens = tokens;
        this.accounts = accounts;
        this.commands = commands;
        this.system = system;
        this.ids = ids;
        this.clock = clock;
    }

    /** Opens a session. */
    Grant open(Logins.Checked login, Caller.Origin origin) {
        var account = login.account();
        var id = ids.next(Ids.Kind.SESSION);
        var now = clock.instant();
        var expiresAt = now.plus(lifetimes.longest());
        var accessUntil = refreshTokens.accessUntil(now, expiresAt);
        var refreshToken = refreshTokens.mint();
        var caller = new Caller(account.id(), account.username(), account.role(), origin, id);
        commands.create(
                caller,
                id,
                new OpenSession(
                        id,
                        new Opening(
                                account.id(),
                                account.username(),
                                login.password(),
                                refreshToken,
                                now,
                                accessUntil,
                                expiresAt,
                                origin.ip(),
                                origin.userAgent())));
        sessions.openOf(account.id()).stream()
                .skip(MOST_SESSIONS)
                .forEach(old -> commands.change(caller, old.id(), new CloseSession(old.id(), Reason.TOO_MANY)));
        return grant(account, id, refreshToken, now, accessUntil, expiresAt);
    }

    /** @throws NotLoggedIn when the token is worth nothing (any more); the session of a copied one is closed */
    Grant refresh(Optional<RefreshToken> presented, Caller.Origin origin) {
        var exchange = presented
                .<Exchange>map(token -> refreshTokens.exchange(token, origin))
                .orElseGet(Exchange.Unknown::new);
        return switch (exchange) {
            case Exchange.Exchanged(var session, var next, var accessUntil) -> {
                var account =
                        accounts.byId(session.userId()).filter(Account::active).orElseThrow(Grants::notLoggedIn);
                yield grant(account, session.id(), next, clock.instant(), accessUntil, session.expiresAt());
            }
            case Exchange.Reused(var session) -> {
                system.send("sessions", origin, session.userId(), new CloseSession(session.id(), Reason.REUSE));
                throw notLoggedIn();
            }
            case Exchange.Unknown() -> throw notLoggedIn();
        };
    }

    private Grant grant(
            Account account, String id, RefreshToken next, Instant now, Instant accessUntil, Instant expiresAt) {
        var idleUntil = now.plus(lifetimes.idle());
        return new Grant(
                account,
                id,
                tokens.mint(account.id(), account.username(), account.role(), id, accessUntil),
                Duration.between(now, accessUntil),
                next,
                Duration.between(now, idleUntil.isBefore(expiresAt) ? idleUntil : expiresAt));
    }

    private static NotLoggedIn notLoggedIn() {
        return new NotLoggedIn("the session has ended; log in again");
    }

    /** @param refreshLifetime how long the refresh token lasts when it is not used */
    record Grant(
            Account account,
            String sessionId,
            String accessToken,
            Duration accessLifetime,
            RefreshToken refreshToken,
            Duration refreshLifetime) {
        @Override
        public String toString() {
            return "Grant[" + sessionId + "]";
        }
    }
}
